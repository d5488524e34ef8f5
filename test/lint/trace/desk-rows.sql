-- Rows of the help desk after a while.
SET search_path TO public;

INSERT INTO alembic_version VALUES ('a1b2c3d4e5f6');
INSERT INTO countries (code, name) VALUES ('DE', 'Germany'), ('FR', 'France'), ('US', 'United States');
INSERT INTO plans (id, code, monthly_price, max_agents, features)
SELECT n, 'plan-' || n, 9 + n, CASE WHEN n > 1 THEN n * 5 END, CASE WHEN n % 2 = 0 THEN 'chat,sla' END FROM generate_series(1, 6) n;

INSERT INTO accounts (id, plan_id, subdomain, name, status, timezone, settings, seats, trial_ends_at, created_at)
SELECT md5('account' || n)::uuid, CASE WHEN n % 5 > 0 THEN 1 + n % 6 END, 'team' || n, 'Account ' || n % 260,
  (ARRAY['trial', 'active', 'suspended'])[1 + n % 3], CASE WHEN n % 3 > 0 THEN 'Europe/Berlin' END,
  CASE WHEN n % 3 > 0 THEN '{"theme": "dark"}'::json END, 1 + n % 20, CASE WHEN n % 3 = 0 THEN timestamp '2026-02-01' + n * interval '1 hour' END,
  timestamp '2024-01-01' + n * interval '17 hours'
FROM generate_series(1, 300) n;
INSERT INTO teams (id, account_id, name)
SELECT n * 2, md5('account' || 1 + n % 300)::uuid, 'Team ' || n / 300 FROM generate_series(1, 400) n;
INSERT INTO agents (id, account_id, team_id, email, full_name, password_hash, is_admin, signature, capacity, last_login_at)
SELECT n * 3, md5('account' || 1 + n % 300)::uuid, CASE WHEN n % 4 > 0 THEN (1 + n % 400) * 2 END, 'Agent' || n || '@desk.test',
  CASE WHEN n % 6 > 0 THEN 'Agent Number ' || n END, md5(n::text), n % 9 = 0, CASE WHEN n % 2 = 0 THEN 'Regards' END,
  CASE WHEN n % 3 > 0 THEN n % 100 END, CASE WHEN n % 4 > 0 THEN timestamptz '2026-01-01 00:00+00' + n * interval '1 hour' END
FROM generate_series(1, 600) n;
INSERT INTO customers (id, account_id, external_id, email, phone, first_name, last_name, company, tier, vip, notes, created_at)
SELECT n * 7, md5('account' || 1 + n % 300)::uuid, CASE WHEN n % 3 > 0 THEN 'ext-' || n % 500 END,
  CASE WHEN n % 8 > 0 THEN 'Customer' || n % 900 || '@mail.test' END, CASE WHEN n % 2 = 0 THEN '+1 555 ' || n END,
  CASE WHEN n % 3 > 0 THEN 'Kim' END, CASE WHEN n % 3 > 0 THEN 'Lee ' || n END, CASE WHEN n % 4 = 0 THEN 'Company ' || n % 40 END,
  CASE WHEN n % 3 > 0 THEN (ARRAY['gold', 'silver'])[1 + n % 2] END, CASE WHEN n % 3 > 0 THEN n % 7 = 0 END,
  CASE WHEN n % 5 = 0 THEN repeat('A note. ', n % 20) END, timestamptz '2024-03-01 00:00+00' + n * interval '8 hours'
FROM generate_series(1, 1200) n;
INSERT INTO tickets (id, account_id, number, customer_id, assignee_id, team_id, subject, state, channel, priority, custom_fields, satisfaction,
  due_at, first_reply_at, solved_at, created_at)
SELECT n * 11, md5('account' || 1 + n % 300)::uuid, n, (1 + n % 1100) * 7, CASE WHEN n % 4 > 0 THEN (1 + n % 600) * 3 END,
  CASE WHEN n % 3 > 0 THEN (1 + n % 400) * 2 END, 'Subject ' || n % 700, (ARRAY['open', 'pending', 'solved', 'closed'])[1 + n % 4]::ticket_state,
  (ARRAY['email', 'chat', 'phone'])[1 + n % 3]::channel, 1 + n % 5, jsonb_build_object('product', n % 9, 'region', CASE WHEN n % 2 = 0 THEN 'eu' END),
  CASE WHEN n % 6 = 0 THEN 1 + n % 5 END, CASE WHEN n % 2 = 0 THEN timestamptz '2026-04-01 00:00+00' + n * interval '1 hour' END,
  CASE WHEN n % 3 > 0 THEN timestamptz '2025-06-01 02:00+00' + n * interval '4 hours' END,
  CASE WHEN n % 4 > 1 THEN timestamptz '2025-06-02 00:00+00' + n * interval '4 hours' END, timestamptz '2025-06-01 00:00+00' + n * interval '4 hours'
FROM generate_series(1, 1500) n;
INSERT INTO ticket_messages (id, ticket_id, author_type, author_id, body, html_body, is_internal, sent_at)
SELECT n * 13, (1 + n % 1400) * 11, (ARRAY['agent', 'customer'])[1 + n % 2], CASE WHEN n % 3 > 0 THEN n END, 'Hello ' || n % 900,
  CASE WHEN n % 3 > 0 THEN '<p>Hello</p>' END, CASE WHEN n % 5 > 0 THEN n % 3 = 0 END, timestamptz '2025-06-01 00:00+00' + n * interval '3 hours'
FROM generate_series(1, 2000) n;
INSERT INTO labels (id, account_id, name, color)
SELECT n * 5, md5('account' || 1 + n % 300)::uuid, 'label ' || n % 200, CASE WHEN n % 3 > 0 THEN '#ff0000' END FROM generate_series(1, 500) n;
INSERT INTO ticket_labels (ticket_id, label_id) SELECT (1 + n % 1400) * 11, (1 + n % 480) * 5 FROM generate_series(1, 1300) n;
INSERT INTO attachments (id, message_id, filename, size_bytes, content, checksum)
SELECT md5('file' || n)::uuid, CASE WHEN n % 3 > 0 THEN (1 + n % 1900) * 13 END, 'file-' || n % 90 || '.pdf', n * 100,
  CASE WHEN n % 4 = 0 THEN decode(md5(n::text), 'hex') END, CASE WHEN n % 3 > 0 THEN repeat(md5(n::text), 2) END
FROM generate_series(1, 500) n;
INSERT INTO subscriptions (id, account_id, plan_id, starts_on, ends_on, amount, currency, canceled)
SELECT n * 4, md5('account' || 1 + n % 300)::uuid, 1 + n % 6, date '2025-01-01' + n, CASE WHEN n % 3 = 0 THEN date '2026-01-01' + n END,
  n % 70 + 0.99, (ARRAY['usd', 'eur'])[1 + n % 2], n % 10 = 0
FROM generate_series(1, 400) n;
INSERT INTO webhook_deliveries (id, endpoint, status_code, request, delivered_on)
SELECT n * 6, 'https://hooks.test/' || n % 40, CASE WHEN n % 7 > 0 THEN (ARRAY[200, 200, 500])[1 + n % 3] END,
  CASE WHEN n % 3 > 0 THEN jsonb_build_object('n', n) END, date '2026-01-01' + n % 90
FROM generate_series(1, 900) n;
INSERT INTO presence (agent_id, minute, online)
SELECT (1 + n % 600) * 3, timestamptz '2026-01-01 00:00+00' + n * interval '1 minute', n % 2 = 0 FROM generate_series(1, 800) n;
INSERT INTO jobs (id, queue, payload, attempts, run_at, locked_at, failed_reason)
SELECT n * 9, (ARRAY['default', 'mail'])[1 + n % 2], jsonb_build_object('n', n), n % 4, timestamptz '2026-01-01 00:00+00' + n * interval '1 minute',
  CASE WHEN n % 6 = 0 THEN timestamptz '2026-01-02 00:00+00' END, CASE WHEN n % 9 = 0 THEN 'timeout' END
FROM generate_series(1, 700) n;
INSERT INTO legacy_tickets (id, subject, state, created)
SELECT n, CASE WHEN n % 3 > 0 THEN 'Old ' || n END, (ARRAY['O', 'C', NULL])[1 + n % 3], timestamp '2019-01-01' + n * interval '1 day' FROM generate_series(1, 400) n;
INSERT INTO audit.entries (id, table_name, row_id, actor, change, at)
SELECT n, (ARRAY['tickets', 'agents'])[1 + n % 2], CASE WHEN n % 3 > 0 THEN n::text END, CASE WHEN n % 3 > 0 THEN 'agent' || n % 40 END,
  CASE WHEN n % 3 > 0 THEN '{"old": 1}'::jsonb END, timestamptz '2025-01-01 00:00+00' + n * interval '2 hours'
FROM generate_series(1, 900) n;
REFRESH MATERIALIZED VIEW daily_tickets;

SELECT setval(pg_get_serial_sequence(t, 'id'), 10000000)
FROM unnest(ARRAY['plans', 'teams', 'agents', 'customers', 'tickets', 'ticket_messages', 'labels', 'subscriptions', 'jobs', 'audit.entries']) t;
