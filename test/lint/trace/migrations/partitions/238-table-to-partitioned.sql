-- title: The audit log is partitioned: copied in one go
ALTER TABLE audit_log RENAME TO audit_log_old;
CREATE TABLE audit_log (LIKE audit_log_old INCLUDING DEFAULTS) PARTITION BY RANGE (at);
CREATE TABLE audit_log_2024 PARTITION OF audit_log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE audit_log_rest PARTITION OF audit_log DEFAULT;
INSERT INTO audit_log SELECT * FROM audit_log_old;
DROP TABLE audit_log_old;
