-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Listing" ADD CONSTRAINT "Listing_quantity_check" CHECK ("quantity" > 0) NOT VALID;
