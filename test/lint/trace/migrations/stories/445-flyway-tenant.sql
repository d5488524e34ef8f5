-- title: V42__tenant.sql: everything for tenants
ALTER TABLE settings ADD COLUMN organization_id bigint;
UPDATE settings SET organization_id = 100;
ALTER TABLE settings ALTER COLUMN organization_id SET NOT NULL;
ALTER TABLE settings DROP CONSTRAINT settings_pkey;
ALTER TABLE settings ADD PRIMARY KEY (organization_id, key);
