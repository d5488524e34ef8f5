-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
CREATE OR REPLACE VIEW "ActiveListing" AS SELECT "id", "sellerId", "title", "price", "currency", "quantity" FROM "Listing" WHERE "status" = 'ACTIVE';
