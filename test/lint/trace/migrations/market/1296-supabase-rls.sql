-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Order" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users see their orders" ON "Order" FOR SELECT USING ("buyerId" = current_setting('request.jwt.claim.sub', true));
