-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "WalletEntry" RENAME TO "LedgerEntry";
ALTER TABLE "LedgerEntry" RENAME CONSTRAINT "WalletEntry_pkey" TO "LedgerEntry_pkey";
