-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
DELETE FROM "Session";
ALTER TABLE "Session" ADD COLUMN "device" TEXT NOT NULL;
