-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
WITH moved AS (DELETE FROM claims WHERE resolved_at IS NOT NULL RETURNING *)
SELECT count(*) FROM moved;
