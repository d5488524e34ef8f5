-- schema: desk.sql
-- rows: desk-rows.sql
CREATE TABLE audit.entries_archive (LIKE audit.entries INCLUDING DEFAULTS);
WITH moved AS (DELETE FROM audit.entries WHERE at < '2025-02-01' RETURNING *)
INSERT INTO audit.entries_archive SELECT * FROM moved;
