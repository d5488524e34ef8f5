-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
CREATE TYPE "EntryKind" AS ENUM ('payout', 'sale', 'fee');
ALTER TABLE "WalletEntry" ALTER COLUMN "kind" TYPE "EntryKind" USING "kind"::"EntryKind";
