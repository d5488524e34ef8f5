-- Two organizations, one of them the default, and 20,000 users with preferences as people leave them behind.
INSERT INTO organizations (id, name, is_default) VALUES
  ('00000000-0000-4000-8000-000000000001', 'Acme', false),
  ('00000000-0000-4000-8000-000000000002', 'Everybody else', true);

INSERT INTO users (id, email, name, status, preferences, created_at, deleted_at)
SELECT
  md5('user ' || n)::uuid,
  lower(first || '.' || last) || n || '@example.com',
  first || ' ' || last,
  CASE WHEN n % 97 = 0 THEN 'deleted' WHEN n % 13 = 0 THEN 'inactive' ELSE 'active' END::user_status,
  CASE
    WHEN n % 11 = 0 THEN NULL
    WHEN n % 7 = 0 THEN '{}'
    ELSE jsonb_strip_nulls(jsonb_build_object(
      'theme', (ARRAY['dark', 'light', 'system'])[1 + n % 3],
      'language', (ARRAY['en', 'de', 'fr', 'ja', 'pt-BR'])[1 + n % 5],
      'page_size', 10 * (1 + n % 5),
      'newsletter', n % 2 = 0,
      'columns', CASE WHEN n % 3 = 0 THEN jsonb_build_array('name', 'email', NULL, n) END
    )) || CASE WHEN n % 17 = 0 THEN '{"beta": null}' ELSE '{}' END::jsonb
  END,
  timestamptz '2025-01-01 00:00:00Z' + n * interval '20 minutes',
  CASE WHEN n % 97 = 0 THEN timestamptz '2026-01-10 12:00:00Z' END
FROM generate_series(1, 20000) AS n,
LATERAL (SELECT (ARRAY['Ada', 'Grace', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Tony', 'Radia'])[1 + n % 8] AS first,
  (ARRAY['Lovelace', 'Hopper', 'Dijkstra', 'Liskov', 'Knuth', 'Allen', 'Hoare', 'Perlman', 'Codd', 'Gray'])[1 + n % 10] AS last) AS names;
