-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Listing" ALTER COLUMN "price" SET DATA TYPE DECIMAL(10,2);
