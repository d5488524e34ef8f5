-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;
SET LOCAL lock_timeout = '5s';
ALTER TABLE jobs ADD COLUMN priority smallint NOT NULL DEFAULT 0;
COMMIT;
DROP INDEX CONCURRENTLY ix_jobs_queue_run_at;
CREATE INDEX CONCURRENTLY ix_jobs_queue_priority ON jobs (queue, priority DESC, run_at) WHERE locked_at IS NULL;
