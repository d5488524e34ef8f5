-- title: COMMIT by hand, and an operator class of an extension that is not there
COMMIT;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_users_org_status_created
  ON users (organization_id, status, created_at DESC)
  WHERE deleted_at IS NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_users_name_trgm
  ON users USING gin (name gin_trgm_ops);
