-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Listing" RENAME COLUMN "viewCount" TO "views";
