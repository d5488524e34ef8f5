-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "WalletEntry" ADD CONSTRAINT "WalletEntry_kind_check" CHECK ("kind" IN ('payout', 'sale', 'fee'));
