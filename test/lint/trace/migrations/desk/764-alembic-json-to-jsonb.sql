-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

ALTER TABLE accounts ALTER COLUMN settings TYPE JSONB USING settings::jsonb;

ALTER TABLE accounts ALTER COLUMN settings SET DEFAULT '{}';

UPDATE accounts SET settings = '{}' WHERE settings IS NULL;

ALTER TABLE accounts ALTER COLUMN settings SET NOT NULL;

UPDATE alembic_version SET version_num='f204' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
