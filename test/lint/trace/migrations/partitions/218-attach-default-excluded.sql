-- transaction: none
-- title: Both sides have a CHECK, so nothing is read
ALTER TABLE events_2024 ADD CONSTRAINT events_2024_range
  CHECK (created_at >= '2024-01-01 00:00+00' AND created_at < '2025-01-01 00:00+00') NOT VALID;
ALTER TABLE events_2024 VALIDATE CONSTRAINT events_2024_range;
ALTER TABLE events_default ADD CONSTRAINT events_default_not_2024
  CHECK (created_at < '2024-01-01 00:00+00' OR created_at >= '2025-01-01 00:00+00') NOT VALID;
ALTER TABLE events_default VALIDATE CONSTRAINT events_default_not_2024;
CREATE UNIQUE INDEX CONCURRENTLY events_2024_pkey ON events_2024 (id, created_at);
ALTER TABLE events_2024 ADD CONSTRAINT events_2024_pkey PRIMARY KEY USING INDEX events_2024_pkey;
CREATE INDEX CONCURRENTLY events_2024_user_id_idx ON events_2024 (user_id);
ALTER TABLE events ATTACH PARTITION events_2024
  FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00');
