ALTER TABLE orders ADD COLUMN organization_id bigint DEFAULT 100 REFERENCES organizations (id);
