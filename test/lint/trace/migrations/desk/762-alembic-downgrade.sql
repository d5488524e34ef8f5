-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

-- Running downgrade a1b2c3d4e5f6 -> 9f8e

ALTER TABLE tickets DROP COLUMN satisfaction;

ALTER TABLE agents DROP CONSTRAINT agents_account_id_fkey;

DELETE FROM alembic_version WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
