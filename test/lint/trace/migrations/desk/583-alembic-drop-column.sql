-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

DROP INDEX ix_customers_email;

ALTER TABLE customers DROP COLUMN tier;

UPDATE alembic_version SET version_num='d4' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
