-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

-- Running upgrade a1b2c3d4e5f6 -> c0ffee012345

ALTER TABLE tickets ADD COLUMN region VARCHAR(8);

UPDATE tickets SET region = 'eu' WHERE region IS NULL;

ALTER TABLE tickets ALTER COLUMN region SET NOT NULL;

UPDATE alembic_version SET version_num='c0ffee012345' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
