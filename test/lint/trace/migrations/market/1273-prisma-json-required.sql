-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
UPDATE "User" SET "settings" = '{}' WHERE "settings" IS NULL;
ALTER TABLE "User" ALTER COLUMN "settings" SET NOT NULL, ALTER COLUMN "settings" SET DEFAULT '{}';
