-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Listing" ADD COLUMN "search" tsvector GENERATED ALWAYS AS (to_tsvector('simple', coalesce("title", '') || ' ' || coalesce("description", ''))) STORED;
CREATE INDEX "Listing_search_idx" ON "Listing" USING GIN ("search");
