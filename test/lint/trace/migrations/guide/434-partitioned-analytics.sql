-- title: A partitioned table and CONCURRENTLY on it
CREATE TABLE analytics_events (
  id uuid DEFAULT gen_random_uuid(),
  event_type varchar(100) NOT NULL,
  user_id bigint,
  payload jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);
CREATE TABLE analytics_events_2026_01 PARTITION OF analytics_events
  FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
COMMIT;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_events_user_type
  ON analytics_events (user_id, event_type, created_at DESC);
ALTER TABLE analytics_events ADD CONSTRAINT fk_events_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL;
