-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

ALTER TABLE labels RENAME TO tags;

ALTER SEQUENCE labels_id_seq RENAME TO tags_id_seq;

ALTER INDEX labels_pkey RENAME TO tags_pkey;

UPDATE alembic_version SET version_num='e103' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
