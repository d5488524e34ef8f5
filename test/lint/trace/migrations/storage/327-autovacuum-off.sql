ALTER TABLE sessions SET (autovacuum_enabled = false);
