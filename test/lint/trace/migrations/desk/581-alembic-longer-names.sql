-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

ALTER TABLE customers ALTER COLUMN external_id TYPE VARCHAR(128);

ALTER TABLE teams ALTER COLUMN name TYPE TEXT;

UPDATE alembic_version SET version_num='d2' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
