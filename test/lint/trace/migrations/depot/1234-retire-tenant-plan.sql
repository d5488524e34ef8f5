-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- classes: +breaks-old-code because the application of before may write the plan that is refused now
UPDATE tenants SET plan = 'pro' WHERE plan = 'enterprise';
ALTER TABLE tenants DROP CONSTRAINT ck_tenants_plan;
ALTER TABLE tenants ADD CONSTRAINT ck_tenants_plan CHECK (plan IN ('basic', 'pro'));
