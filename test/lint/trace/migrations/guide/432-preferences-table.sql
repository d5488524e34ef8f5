-- title: Preferences become rows, in one transaction
CREATE TABLE user_preferences (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id bigint NOT NULL,
  key varchar(100) NOT NULL,
  value text,
  created_at timestamptz DEFAULT now(),
  updated_at timestamptz DEFAULT now()
);
ALTER TABLE user_preferences ADD CONSTRAINT fk_user_prefs_user
  FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
ALTER TABLE user_preferences ADD CONSTRAINT uq_user_prefs_user_key UNIQUE (user_id, key);
INSERT INTO user_preferences (user_id, key, value)
  SELECT u.id, p.key, p.value FROM users u, jsonb_each_text(u.preferences) p
  WHERE u.preferences IS NOT NULL AND u.preferences <> '{}'
  ON CONFLICT (user_id, key) DO NOTHING;
CREATE INDEX idx_user_prefs_user_id ON user_preferences (user_id);
