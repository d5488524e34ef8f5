-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Listing" ALTER COLUMN "images" SET DEFAULT ARRAY[]::TEXT[];
