-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE tickets RENAME COLUMN satisfaction TO satisfaction_score;
