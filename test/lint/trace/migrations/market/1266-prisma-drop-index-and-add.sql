-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
-- DropIndex
DROP INDEX "Order_buyerId_idx";

-- CreateIndex
CREATE INDEX "Order_buyerId_placedAt_idx" ON "Order"("buyerId", "placedAt" DESC);
