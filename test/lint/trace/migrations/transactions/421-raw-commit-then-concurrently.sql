-- title: From a guide: COMMIT, so that CONCURRENTLY may run
COMMIT;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_users_org_status_created
  ON users (organization_id, status, created_at DESC) WHERE deleted_at IS NULL;
