-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

-- Running upgrade a1b2c3d4e5f6 -> f200

ALTER TABLE customers ADD COLUMN marketing_consent BOOLEAN;

ALTER TABLE customers ADD COLUMN consent_at TIMESTAMP WITH TIME ZONE;

CREATE INDEX ix_customers_external_id ON customers (external_id);

UPDATE alembic_version SET version_num='f200' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
