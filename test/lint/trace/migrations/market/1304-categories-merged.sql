-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
UPDATE "Listing" SET "categoryId" = 2 WHERE "categoryId" = 4;
DELETE FROM "Category" WHERE "id" = 4;
