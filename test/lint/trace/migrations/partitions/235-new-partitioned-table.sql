-- title: Partitions of a table that is new
CREATE TABLE page_views (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  url text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, seen_at)
) PARTITION BY RANGE (seen_at);
CREATE TABLE page_views_2026 PARTITION OF page_views FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE page_views_default PARTITION OF page_views DEFAULT;
CREATE INDEX page_views_url_idx ON page_views (url);
