-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

-- Running upgrade a1b2c3d4e5f6 -> d1

COMMIT;

ALTER TYPE channel ADD VALUE IF NOT EXISTS 'whatsapp';

BEGIN;

UPDATE alembic_version SET version_num='d1' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
