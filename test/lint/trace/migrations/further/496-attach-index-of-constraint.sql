-- transaction: none
-- title: A unique key of a partitioned table, leaf by leaf
ALTER TABLE ONLY payments ADD CONSTRAINT payments_id_region_amount_key UNIQUE (id, region, amount);
CREATE UNIQUE INDEX CONCURRENTLY payments_eu_iram ON payments_eu (id, region, amount);
CREATE UNIQUE INDEX CONCURRENTLY payments_us_iram ON payments_us (id, region, amount);
ALTER TABLE payments_eu ADD CONSTRAINT payments_eu_iram UNIQUE USING INDEX payments_eu_iram;
ALTER TABLE payments_us ADD CONSTRAINT payments_us_iram UNIQUE USING INDEX payments_us_iram;
ALTER INDEX payments_id_region_amount_key ATTACH PARTITION payments_eu_iram;
ALTER INDEX payments_id_region_amount_key ATTACH PARTITION payments_us_iram;
