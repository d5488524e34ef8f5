-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Tag" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Anyone reads" ON "Tag" FOR SELECT USING (true);
CREATE POLICY "The application writes" ON "Tag" FOR ALL TO shop_app USING (true) WITH CHECK (true);
