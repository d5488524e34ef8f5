-- schema: desk.sql
-- rows: desk-rows.sql
CREATE TABLE jobs_new (LIKE jobs INCLUDING ALL);
INSERT INTO jobs_new SELECT * FROM jobs;
ALTER TABLE jobs RENAME TO jobs_old;
ALTER TABLE jobs_new RENAME TO jobs;
