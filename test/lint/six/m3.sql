CREATE TABLE user_preferences (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  user_id uuid NOT NULL,
  key varchar(100) NOT NULL,
  value text,
  created_at timestamptz DEFAULT now(),
  updated_at timestamptz DEFAULT now(),
  PRIMARY KEY (id)
);
ALTER TABLE user_preferences ADD CONSTRAINT fk_user_prefs_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
ALTER TABLE user_preferences ADD CONSTRAINT uq_user_prefs_user_key UNIQUE (user_id, key);
SELECT id, preferences
FROM users
WHERE preferences IS NOT NULL
  AND preferences != '{}'::jsonb
ORDER BY id
LIMIT 5000 OFFSET 5000;
COMMIT;
CREATE INDEX idx_user_prefs_user_id ON user_preferences (user_id);
