-- title: Inactive users are not active either
CREATE OR REPLACE VIEW active_users AS
  SELECT id, email, name, status FROM users WHERE deleted_at IS NULL AND status = 'active';
