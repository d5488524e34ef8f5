-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
CREATE TYPE "EntryKind" AS ENUM ('payout', 'sale', 'fee');
ALTER TABLE "WalletEntry" DROP COLUMN "kind",
ADD COLUMN     "kind" "EntryKind" NOT NULL DEFAULT 'sale';
