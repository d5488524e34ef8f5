-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

ALTER TABLE subscriptions ADD COLUMN auto_renew BOOLEAN DEFAULT 'true' NOT NULL;

ALTER TABLE subscriptions ADD COLUMN seats INTEGER DEFAULT '1' NOT NULL;

UPDATE alembic_version SET version_num='e102' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
