-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
DELETE FROM "WalletEntry" WHERE NOT EXISTS (SELECT 1 FROM "User" WHERE "User"."id" = "WalletEntry"."userId");
