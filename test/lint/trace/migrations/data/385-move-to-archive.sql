-- title: Old log lines move to another table
CREATE TABLE archive.audit_log_2024 (LIKE audit_log INCLUDING ALL);
WITH moved AS (DELETE FROM audit_log WHERE at < '2025-01-01' RETURNING *)
INSERT INTO archive.audit_log_2024 SELECT * FROM moved;
