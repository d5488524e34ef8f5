-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

ALTER TABLE agents ALTER COLUMN password_hash SET NOT NULL;

UPDATE alembic_version SET version_num='e101' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
