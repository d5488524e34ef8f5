-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

DROP INDEX ix_jobs_queue_run_at;

DROP TABLE jobs;

UPDATE alembic_version SET version_num='e104' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
