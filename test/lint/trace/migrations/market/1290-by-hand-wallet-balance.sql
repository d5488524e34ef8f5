-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "User" ADD COLUMN "balanceCents" BIGINT NOT NULL DEFAULT 0;
UPDATE "User" u SET "balanceCents" = s.sum FROM (SELECT "userId", sum("amountCents") AS sum FROM "WalletEntry" GROUP BY "userId") s WHERE s."userId" = u."id";
