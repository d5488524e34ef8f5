-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Category" ALTER COLUMN "slug" SET DATA TYPE VARCHAR(80);
