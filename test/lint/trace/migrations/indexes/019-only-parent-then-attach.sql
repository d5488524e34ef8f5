-- transaction: none
-- title: An index for a partitioned table, leaf by leaf
CREATE INDEX events_kind_idx ON ONLY events (kind);
CREATE INDEX CONCURRENTLY events_2025_kind_idx ON events_2025 (kind);
CREATE INDEX CONCURRENTLY events_2026_kind_idx ON events_2026 (kind);
CREATE INDEX CONCURRENTLY events_default_kind_idx ON events_default (kind);
ALTER INDEX events_kind_idx ATTACH PARTITION events_2025_kind_idx;
ALTER INDEX events_kind_idx ATTACH PARTITION events_2026_kind_idx;
ALTER INDEX events_kind_idx ATTACH PARTITION events_default_kind_idx;
