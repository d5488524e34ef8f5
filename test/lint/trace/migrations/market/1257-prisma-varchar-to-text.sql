-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
DROP VIEW "ActiveListing";
ALTER TABLE "Listing" ALTER COLUMN "title" SET DATA TYPE TEXT;
CREATE VIEW "ActiveListing" AS SELECT "id", "sellerId", "title", "price", "currency" FROM "Listing" WHERE "status" = 'ACTIVE';
