-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
-- classes: +breaks-old-code because the application of before reads cents where it expects euros
ALTER TABLE "OrderItem" ALTER COLUMN "unitPrice" SET DATA TYPE INTEGER USING ROUND("unitPrice" * 100)::INTEGER;
