CREATE TABLE audit_log_until_2026 AS SELECT * FROM audit_log;
TRUNCATE audit_log;
