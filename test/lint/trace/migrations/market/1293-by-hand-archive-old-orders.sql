-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
CREATE TABLE "OrderArchive" AS SELECT * FROM "Order" WHERE "placedAt" < '2025-06-01';
DELETE FROM "Order" WHERE "placedAt" < '2025-06-01';
