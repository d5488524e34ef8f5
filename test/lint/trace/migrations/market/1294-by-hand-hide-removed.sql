-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
CREATE OR REPLACE VIEW "ActiveListing" AS SELECT "id", "sellerId", "title", "price", "currency" FROM "Listing" WHERE "status" = 'ACTIVE' AND "quantity" > 0;
