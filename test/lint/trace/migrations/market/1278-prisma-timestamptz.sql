-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Session" ALTER COLUMN "expires" SET DATA TYPE TIMESTAMPTZ(3);
