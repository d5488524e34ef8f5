-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Tag" ALTER COLUMN "id" DROP DEFAULT;
DROP SEQUENCE "Tag_id_seq";
