-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
UPDATE "User" SET "role" = 'SELLER' WHERE "role" = 'USER' AND EXISTS (SELECT 1 FROM "Listing" l WHERE l."sellerId" = "User"."id");
