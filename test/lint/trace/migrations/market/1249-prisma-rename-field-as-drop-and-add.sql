-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Listing" DROP COLUMN "viewCount",
ADD COLUMN     "views" INTEGER NOT NULL DEFAULT 0;
