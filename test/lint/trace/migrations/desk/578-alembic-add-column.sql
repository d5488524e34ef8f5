-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
-- title: alembic upgrade --sql
BEGIN;

-- Running upgrade a1b2c3d4e5f6 -> b7c8d9e0f1a2

ALTER TABLE tickets ADD COLUMN source VARCHAR(20);

UPDATE alembic_version SET version_num='b7c8d9e0f1a2' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
