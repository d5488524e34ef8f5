-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "User" ADD COLUMN "firstName" TEXT;
UPDATE "User" SET "firstName" = split_part("name", ' ', 1);
ALTER TABLE "User" DROP COLUMN "name";
