-- Rows as the shop has them after a while: keys with gaps, NULLs where they may be, duplicates where nothing is unique,
-- references that hold also where no foreign key says so.

INSERT INTO organizations (id, slug, name, billing_email, country_code, is_default, created_at)
SELECT n * 100, 'org-' || n, 'Organization ' || n, CASE WHEN n % 4 > 0 THEN 'billing@org' || n || '.test' END,
  (ARRAY['DE', 'FR', 'US'])[1 + n % 3], n = 1, timestamptz '2024-01-01 00:00+00' + n * interval '3 hours'
FROM generate_series(1, 200) n;

INSERT INTO users (id, organization_id, email, username, name, bio, status, legacy_role, preferences, login_count, balance,
  age, last_ip, last_seen, session_length, locale, phone, deleted_at, created_at, updated_at)
SELECT n * 1000, CASE WHEN n % 3 > 0 THEN (1 + n % 200) * 100 END, 'user' || n || '@Shop.test',
  CASE WHEN n % 5 > 0 THEN 'user_' || n % 600 END, CASE WHEN n % 7 > 0 THEN 'Anna Number ' || n % 300 END,
  CASE WHEN n % 2 > 0 THEN repeat('Likes long walks. ', 1 + n % 9) END,
  (ARRAY['active', 'active', 'active', 'inactive', 'deleted'])[1 + n % 5]::user_status,
  CASE WHEN n % 2 > 0 THEN (ARRAY['admin', 'member'])[1 + n % 4 / 2] END,
  CASE WHEN n % 3 > 0 THEN jsonb_build_object('theme', (ARRAY['dark', 'light'])[1 + n % 2], 'mails', n % 4 > 0) END,
  n % 90, n % 777 + 0.25, CASE WHEN n % 3 > 0 THEN 18 + n % 60 END,
  CASE WHEN n % 3 > 0 THEN ('10.' || n % 250 || '.0.0/16')::cidr END,
  CASE WHEN n % 3 > 0 THEN timestamp '2026-01-01 08:00' + n * interval '7 minutes' END,
  CASE WHEN n % 3 > 0 THEN n * interval '1.5 seconds' END, (ARRAY['de', 'en-GB', 'fr'])[1 + n % 3], '+49 30 ' || 100000 + n,
  CASE WHEN n % 10 = 0 THEN timestamptz '2026-03-01 00:00+00' END, timestamptz '2024-02-01 00:00+00' + n * interval '9 hours',
  timestamptz '2026-02-01 00:00+00' + n * interval '11 minutes'
FROM generate_series(1, 1000) n;

INSERT INTO categories (id, parent_id, name, path)
SELECT n * 10, CASE WHEN n > 20 THEN (1 + n % 20) * 10 END, 'Category ' || n, CASE WHEN n % 3 > 0 THEN '/' || n END
FROM generate_series(1, 200) n;

INSERT INTO products (id, category_id, sku, title, description, price, list_price, weight_g, size, tags, attributes,
  supplier_code, flags, active, updated_at)
SELECT n * 500, CASE WHEN n % 4 > 0 THEN (1 + n % 200) * 10 END, 'SKU-' || n, 'Product ' || n % 250,
  CASE WHEN n % 3 > 0 THEN repeat('Very good. ', 1 + n % 30) END, 1 + n % 900 + 0.99,
  CASE WHEN n % 3 > 0 THEN 5 + n % 900 END, CASE WHEN n % 3 > 0 THEN 10 * n END,
  CASE WHEN n % 3 > 0 THEN ROW(n, 2 * n)::dimensions END, ARRAY['tag' || n % 9, 'sale'],
  CASE WHEN n % 3 > 0 THEN json_build_object('color', (ARRAY['red', 'blue'])[1 + n % 2]) END, 'SUP-' || n, n::bit(10)::varbit,
  n % 8 > 0, timestamptz '2026-02-01 00:00+00'
FROM generate_series(1, 400) n;

INSERT INTO coupons (code, percent, valid_until)
SELECT 'SAVE' || n, 5 + n % 30, CASE WHEN n % 3 > 0 THEN date '2026-01-01' + n END FROM generate_series(1, 200) n;

INSERT INTO orders (id, user_id, number, status, total, currency, note, coupon_code, category_id, priority, placed_at,
  shipped_at, updated_at)
SELECT n * 700, (1 + n % 900) * 1000, 'A-' || 100000 + n,
  (ARRAY['new', 'paid', 'shipped', 'shipped', 'cancelled'])[1 + n % 5]::order_status, n % 1300 + 0.50,
  (ARRAY['EUR', 'EUR', 'USD'])[1 + n % 3],
  CASE WHEN n % 3 = 0 THEN 'Please leave it at the door. ' || repeat('Thanks! ', n % 20) END,
  CASE WHEN n % 4 = 0 THEN 'SAVE' || 1 + n % 200 END, CASE WHEN n % 4 > 0 THEN (1 + n % 200) * 10 END, n % 3,
  timestamptz '2025-01-01 00:00+00' + n * interval '8 hours', CASE WHEN n % 5 > 1 THEN timestamp '2025-01-03' + n * interval '8 hours' END,
  timestamptz '2026-02-01 00:00+00'
FROM generate_series(1, 1500) n;

INSERT INTO order_items (order_id, line_no, product_id, quantity, unit_price, discount, gift)
SELECT (1 + n % 1400) * 700, 1 + n / 1400, (1 + n % 380) * 500, 1 + n % 4, 1 + n % 90, CASE WHEN n % 3 = 0 THEN n % 20 END,
  CASE WHEN n % 3 > 0 THEN n % 2 = 0 END
FROM generate_series(1, 2000) n;

INSERT INTO invoices (order_id, net, vat, issued_on)
SELECT n * 700, 100 + n % 300, 19, CASE WHEN n % 3 > 0 THEN date '2025-02-01' + n / 3 END FROM generate_series(1, 600) n;

INSERT INTO events (id, kind, user_id, payload, created_at)
SELECT n * 30, (ARRAY['login', 'view', 'buy'])[1 + n % 3], CASE WHEN n % 3 > 0 THEN (1 + n % 1000) * 1000 END,
  CASE WHEN n % 3 > 0 THEN jsonb_build_object('n', n) END, timestamptz '2023-06-01 00:00+00' + n * interval '1 day'
FROM generate_series(1, 1200) n WHERE n NOT BETWEEN 214 AND 580;
INSERT INTO events_2024 (id, kind, user_id, payload, created_at)
SELECT n * 30 + 1, 'view', (1 + n % 1000) * 1000, NULL, timestamptz '2024-01-01 00:00+00' + n * interval '12 hours'
FROM generate_series(1, 600) n;

INSERT INTO payments (id, region, order_id, amount, reference, paid_at)
SELECT n * 20, (ARRAY['eu', 'us'])[1 + n % 2], CASE WHEN n % 3 > 0 THEN (1 + n % 1500) * 700 END, 1 + n % 400,
  CASE WHEN n % 3 > 0 THEN 'ref-' || n % 400 END, timestamptz '2025-01-01 00:00+00' + n * interval '5 hours'
FROM generate_series(1, 600) n;
INSERT INTO payments_apac (id, region, order_id, amount, reference)
SELECT n * 20 + 1, 'apac', (1 + n % 1500) * 700, 1 + n % 90, NULL FROM generate_series(1, 300) n;
INSERT INTO payments_latam (id, region, order_id, amount, reference)
SELECT n * 20 + 2, 'latam', (1 + n % 1500) * 700, 1 + n % 90, NULL FROM generate_series(1, 300) n;

INSERT INTO settings (key, value, updated_at)
SELECT 'tenant.' || n || '.theme', CASE WHEN n % 3 > 0 THEN (ARRAY['dark', 'light'])[1 + n % 2] END, timestamptz '2026-01-01 00:00+00'
FROM generate_series(1, 250) n;
INSERT INTO settings (key, value) VALUES ('shop.name', 'The Shop'), ('shop.currency', 'EUR'), ('mail.sender', 'shop@shop.test');

INSERT INTO docs (id, title, body, meta, owner_id, locked)
SELECT n * 40, 'Doc ' || n % 120, CASE WHEN n % 3 > 0 THEN repeat('text ', n % 200) END,
  jsonb_build_object('lang', (ARRAY['de', 'en'])[1 + n % 2]), CASE WHEN n % 3 > 0 THEN (1 + n % 1000) * 1000 END, n % 9 = 0
FROM generate_series(1, 300) n;

INSERT INTO api_tokens (id, user_id, token_hash, expires_at)
SELECT md5('t' || n)::uuid, n * 1000, md5(n::text), CASE WHEN n % 3 > 0 THEN timestamptz '2026-01-01 00:00+00' + n * interval '1 day' END
FROM generate_series(1, 300) n;

INSERT INTO bookings (id, room, during, valid_days)
SELECT n * 10, n % 20, tstzrange(timestamptz '2026-01-01 00:00+00' + n * interval '1 day', timestamptz '2026-01-01 20:00+00' + n * interval '1 day'),
  CASE WHEN n % 3 > 0 THEN int4range(n, n + 30) END
FROM generate_series(1, 300) n;

INSERT INTO contacts (id, name, email)
SELECT n, 'Contact ' || n, CASE WHEN n % 3 > 0 THEN 'c' || n || '@shop.test' END FROM generate_series(1, 250) n;
INSERT INTO supplier_contacts (id, name, email, supplier_id)
SELECT 1000 + n, 'Supplier ' || n, CASE WHEN n % 3 > 0 THEN 's' || n || '@shop.test' END, n % 40 FROM generate_series(1, 250) n;

INSERT INTO warehouse_addresses (street, city, zip)
SELECT 'Street ' || n, CASE WHEN n % 3 > 0 THEN 'Berlin' END, 10000 + n FROM generate_series(1, 200) n;

INSERT INTO audit_log (id, actor, action, detail, at)
SELECT n, 'user' || n % 50, (ARRAY['create', 'delete', 'update'])[1 + n % 3], CASE WHEN n % 3 > 0 THEN 'detail ' || n END,
  timestamptz '2024-01-01 00:00+00' + n * interval '6 hours'
FROM generate_series(1, 1500) n;

INSERT INTO sessions (sid, user_id, data, expires_at)
SELECT md5('s' || n), CASE WHEN n % 3 > 0 THEN (1 + n % 1000) * 1000 END, CASE WHEN n % 2 > 0 THEN '{"cart": []}'::jsonb END,
  timestamptz '2025-06-01 00:00+00' + n * interval '6 hours'
FROM generate_series(1, 800) n;

INSERT INTO archive.orders_2023 (id, user_id, total, placed_at)
SELECT n, CASE WHEN n % 3 > 0 THEN (1 + n % 1000) * 1000 END, n % 300, timestamptz '2023-01-01 00:00+00' + n * interval '1 day'
FROM generate_series(1, 300) n;

REFRESH MATERIALIZED VIEW user_stats;
REFRESH MATERIALIZED VIEW monthly_sales;

SELECT setval(pg_get_serial_sequence(t, 'id'), 10000000)
FROM unnest(ARRAY['organizations', 'users', 'products', 'orders', 'invoices', 'docs', 'bookings', 'wishlists']) t;
