-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "OrderItem" ADD COLUMN "lineTotal" DECIMAL(12,2) GENERATED ALWAYS AS ("quantity" * "unitPrice") STORED;
