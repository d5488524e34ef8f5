-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

ALTER TABLE labels ADD CONSTRAINT uq_labels_name UNIQUE (name);

UPDATE alembic_version SET version_num='e105' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
