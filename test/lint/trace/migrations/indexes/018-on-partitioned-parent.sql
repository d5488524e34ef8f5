-- title: One statement for all partitions
CREATE INDEX events_kind_idx ON events (kind, created_at);
