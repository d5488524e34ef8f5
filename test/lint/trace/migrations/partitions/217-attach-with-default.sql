-- title: A default partition is searched for rows of the new one
ALTER TABLE events_2024 ADD PRIMARY KEY (id, created_at);
ALTER TABLE events ATTACH PARTITION events_2024
  FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00');
