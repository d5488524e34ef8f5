-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Listing" ADD CONSTRAINT "Listing_attributes_object" CHECK (jsonb_typeof("attributes") = 'object') NOT VALID;
ALTER TABLE "Listing" ALTER COLUMN "attributes" DROP DEFAULT;
