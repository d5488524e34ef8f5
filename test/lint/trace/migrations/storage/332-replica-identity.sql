-- title: For logical replication of a table without a key
ALTER TABLE audit_log REPLICA IDENTITY FULL;
