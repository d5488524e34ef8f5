-- schema: desk.sql
-- rows: desk-rows.sql
TRUNCATE jobs;
