-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE jobs SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
ALTER INDEX ix_jobs_queue_run_at SET (fillfactor = 80);
