-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "WalletEntry" ALTER COLUMN "amountCents" TYPE BIGINT;
ALTER TABLE "OrderItem" ALTER COLUMN "quantity" TYPE BIGINT;
