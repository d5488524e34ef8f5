-- transaction: none
-- title: Works for every table but this one
CREATE INDEX CONCURRENTLY events_kind_idx ON events (kind);
