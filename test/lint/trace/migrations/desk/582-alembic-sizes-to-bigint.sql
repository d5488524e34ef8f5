-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

ALTER TABLE attachments ALTER COLUMN size_bytes TYPE BIGINT;

UPDATE alembic_version SET version_num='d3' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
