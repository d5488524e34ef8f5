-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "User" ADD COLUMN "firstName" TEXT, ADD COLUMN "lastName" TEXT;
UPDATE "User" SET "firstName" = split_part("name", ' ', 1), "lastName" = nullif(split_part("name", ' ', 2), '');
