-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
CREATE UNIQUE INDEX "Review_orderId_authorId_key" ON "Review"("orderId", "authorId");
