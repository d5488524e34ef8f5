-- Rows of the carrier as they may be in production; lint is not shown them. What may be NULL sometimes is, what need not be unique sometimes is not, and values mean something.
SET search_path TO public;

INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
SELECT n, n::text, 'step ' || n, 'SQL', 'V' || n || '__step.sql', n * 7919, 'deploy', n % 400, n % 40 > 0 FROM generate_series(1, 220) n;
INSERT INTO tenants (id, slug, name, plan, settings, created_at)
SELECT md5('tenant' || n)::uuid, 'carrier-' || n, 'Carrier ' || n % 70, (ARRAY['basic', 'pro', 'enterprise'])[1 + n % 3],
  CASE WHEN n % 2 = 0 THEN '{"currency": "EUR", "labels": true}' ELSE '{}' END::jsonb, timestamptz '2023-01-01 00:00+00' + n * interval '7 hours'
FROM generate_series(1, 200) n;
INSERT INTO regions (code, parent_code, name, timezone)
SELECT 'R' || n, CASE WHEN n > 10 THEN 'R' || 1 + n % 10 END, 'Region ' || n % 90, CASE WHEN n % 4 > 0 THEN 'Europe/Berlin' END FROM generate_series(1, 210) n;
INSERT INTO depots (id, tenant_id, code, name, region_code, location, address, opened_on, closed_on, capacity_m3)
OVERRIDING SYSTEM VALUE
SELECT n * 2, md5('tenant' || 1 + n % 80)::uuid, 'D' || n, 'Depot ' || n % 140, CASE WHEN n % 6 > 0 THEN 'R' || 1 + n % 120 END,
  CASE WHEN n % 5 > 0 THEN ROW(48 + n % 6 + 0.5, 8 + n % 7 + 0.25)::geo_point END, CASE WHEN n % 4 > 0 THEN 'Harbour street ' || n END,
  date '2015-01-01' + n * 9, CASE WHEN n % 12 = 0 THEN date '2025-01-01' + n END, CASE WHEN n % 5 > 0 THEN 500 + n * 3 + 0.25 END
FROM generate_series(1, 160) n;
INSERT INTO staff (id, tenant_id, depot_id, email, full_name, phone, badge_no, role, hourly_wage, hired_on, active, preferences, last_login)
SELECT md5('staff' || n)::uuid, md5('tenant' || 1 + n % 80)::uuid, CASE WHEN n % 5 > 0 THEN (1 + n % 160) * 2 END, 'Person' || n || '@carrier.test',
  'First Last' || n % 480, CASE WHEN n % 3 > 0 THEN '+49 40 ' || 10000 + n END, CASE WHEN n % 4 > 0 THEN 1000 + n % 410 END,
  (ARRAY['driver', 'driver', 'dispatcher', 'admin'])[1 + n % 4], CASE WHEN n % 6 > 0 THEN 14 + n % 15 + 0.50 END, date '2018-01-01' + n * 4, n % 9 > 0,
  CASE WHEN n % 3 > 0 THEN jsonb_build_object('locale', (ARRAY['de', 'pl'])[1 + n % 2]) END,
  CASE WHEN n % 4 > 0 THEN timestamp '2026-02-01 05:30' + n * interval '40 minutes' END
FROM generate_series(1, 500) n;
INSERT INTO vehicles (id, depot_id, plate, kind, payload_kg, odometer_km, vin, insured_until, specs, retired)
SELECT n, (1 + n % 160) * 2, 'HH-AB ' || 1000 + n, (ARRAY['van', 'van', 'truck', 'bike'])[1 + n % 4]::vehicle_kind, CASE WHEN n % 4 > 0 THEN 200 + n * 5 END, n * 431,
  CASE WHEN n % 3 > 0 THEN upper(left(md5((n % 290)::text), 17)) END, CASE WHEN n % 5 > 0 THEN date '2026-01-01' + n END,
  CASE WHEN n % 3 > 0 THEN json_build_object('fuel', 'diesel', 'doors', 2 + n % 3) END, n % 15 = 0
FROM generate_series(1, 320) n;
INSERT INTO vehicle_leases (id, vehicle_id, staff_id, during, km_limit)
SELECT n, 1 + n % 300, CASE WHEN n % 4 > 0 THEN md5('staff' || 1 + n % 145)::uuid END,
  tstzrange(timestamptz '2025-01-01 06:00+00' + n % 290 * interval '1 day', timestamptz '2025-01-01 18:00+00' + n % 290 * interval '1 day'), CASE WHEN n % 2 = 0 THEN 300 END
FROM generate_series(1, 600) n;
INSERT INTO shippers (id, tenant_id, name, vat_no, contact_email, billing_address, credit_limit, discount_percent, newsletter, tags, created_at, deleted_at)
SELECT n * 3, md5('tenant' || 1 + n % 80)::uuid, 'Shop ' || n % 600, CASE WHEN n % 4 > 0 THEN 'DE' || 100000000 + n % 590 END,
  CASE WHEN n % 3 > 0 THEN 'Office@Shop' || n % 400 || '.test' END, CASE WHEN n % 5 > 0 THEN 'Market ' || n || ', 20095 Hamburg' END,
  CASE WHEN n % 3 > 0 THEN 1000 * (n % 40) END, CASE WHEN n % 5 > 0 THEN n % 25 END, CASE WHEN n % 4 > 0 THEN n % 2 = 0 END,
  CASE WHEN n % 3 = 0 THEN '{vip,b2b}' ELSE '{}' END::text[], timestamptz '2024-01-01 00:00+00' + n * interval '5 hours',
  CASE WHEN n % 20 = 0 THEN timestamptz '2026-01-01 00:00+00' END
FROM generate_series(1, 700) n;
INSERT INTO shipments (id, tenant_id, shipper_id, tracking_no, state, origin_depot_id, target_depot_id, courier_id, weight_g, volume_l, declared_value, currency, recipient_name,
  recipient_phone, street, zip, city, country, cod_amount, priority, promised_on, note, delivered_at, created_at, updated_at, lock_version)
SELECT md5('shipment' || n)::uuid, md5('tenant' || 1 + n % 80)::uuid, (1 + n % 680) * 3, 'TN' || lpad(n::text, 12, '0'),
  (ARRAY['announced', 'in_transit', 'delivered', 'delivered', 'delivered', 'returned', 'lost'])[1 + n % 7]::shipment_state, (1 + n % 160) * 2,
  CASE WHEN n % 100 = 9 THEN 99999 WHEN n % 6 > 0 THEN (1 + n % 150) * 2 END, CASE WHEN n % 3 > 0 THEN md5('staff' || 1 + n % 500)::uuid END,
  CASE WHEN n % 5 > 0 THEN 100 + n % 20000 END, CASE WHEN n % 4 > 0 THEN n % 90 + 0.375 END, CASE WHEN n % 3 > 0 THEN n % 900 + 0.95 END,
  CASE WHEN n % 11 = 0 THEN 'CHF' ELSE 'EUR' END, 'Recipient ' || n % 900, CASE WHEN n % 3 > 0 THEN '0170 ' || 100000 + n END, 'Lane ' || n,
  CASE WHEN n % 50 = 3 THEN 'A-1010' WHEN n % 7 > 0 THEN (10000 + n * 3)::text END, CASE WHEN n % 7 > 0 THEN 'City ' || n % 33 END,
  CASE WHEN n % 11 = 0 THEN 'CH' ELSE 'DE' END, CASE WHEN n % 10 = 0 THEN 100 * (n % 50) END, 1 + n % 9,
  CASE WHEN n % 3 > 0 THEN date '2025-06-01' + n % 300 END, CASE WHEN n % 4 = 0 THEN repeat('Ring twice. ', 1 + n % 20) END,
  CASE WHEN n % 7 IN (2, 3, 4) THEN timestamptz '2025-06-03 12:00+00' + n * interval '4 hours' END,
  timestamptz '2025-06-01 00:00+00' + n * interval '4 hours', timestamptz '2025-06-03 00:00+00' + n * interval '4 hours', n % 3
FROM generate_series(1, 1500) n;
INSERT INTO archive.shipments SELECT s.*, timestamptz '2026-01-01 00:00+00' FROM (
  SELECT md5('old' || n)::uuid, md5('tenant' || 1 + n % 80)::uuid, (1 + n % 680) * 3::bigint, 'TO' || lpad(n::text, 12, '0'), 'delivered'::shipment_state, (1 + n % 160) * 2::bigint,
    NULL::bigint, NULL::uuid, 500 + n, NULL::numeric, NULL::numeric, 'EUR', 'Recipient ' || n, NULL, 'Lane ' || n, '20095', 'Hamburg', 'DE', NULL::integer, 5::smallint, NULL::date, NULL,
    timestamptz '2024-06-03 12:00+00', timestamptz '2024-06-01 00:00+00', timestamptz '2024-06-03 12:00+00', 1
  FROM generate_series(1, 300) n) s;
INSERT INTO archive.shipments SELECT * FROM archive.shipments WHERE weight_g < 505;
INSERT INTO parcels (shipment_id, no, barcode, weight_g, length_mm, width_mm, height_mm, fragile, contents)
SELECT md5('shipment' || 1 + n % 1400)::uuid, 1 + n / 1400, 'BC' || n % 1700, 50 + n, 100 + n % 900, 100 + n % 500, 50 + n % 400, n % 6 = 0, CASE WHEN n % 3 > 0 THEN 'Books ' || n % 80 END
FROM generate_series(0, 1799) n;
INSERT INTO scans (id, shipment_id, depot_id, staff_id, kind, payload, scanned_at)
SELECT n, md5('shipment' || 1 + n % 1490)::uuid, CASE WHEN n % 4 > 0 THEN (1 + n % 160) * 2 END, CASE WHEN n % 5 > 0 THEN md5('staff' || 1 + n % 500)::uuid END,
  (ARRAY['in', 'out', 'sort', 'handover'])[1 + n % 4], CASE WHEN n % 3 > 0 THEN jsonb_build_object('belt', n % 12) END, CASE WHEN n % 20 = 0 THEN timestamptz '2024-03-01 00:00+00' + n * interval '1 hour' ELSE timestamptz '2025-01-10 00:00+00' + n * interval '5 hours' END
FROM generate_series(1, 2200) n;
INSERT INTO skus (sku, title, ean, price, attributes, discontinued)
SELECT 'SKU-' || n, 'Thing ' || n % 260, CASE WHEN n % 4 > 0 THEN lpad((4000000 + n % 240)::text, 13, '0') END, CASE WHEN n % 5 > 0 THEN n % 80 + 0.95 END,
  CASE WHEN n % 2 = 0 THEN '{"color": "red"}' ELSE '{}' END::jsonb, CASE WHEN n % 3 > 0 THEN n % 9 = 0 END
FROM generate_series(1, 300) n;
INSERT INTO bins (id, depot_id, code, max_weight_kg)
SELECT n, (1 + n % 160) * 2, 'B' || n / 160, CASE WHEN n % 4 > 0 THEN 50 + n END FROM generate_series(1, 400) n;
INSERT INTO stock (bin_id, sku, quantity, reserved, counted_at)
SELECT 1 + n % 390, 'SKU-' || 1 + n % 290, n % 60, CASE WHEN n % 13 = 0 THEN 1 + n % 60 ELSE 0 END, CASE WHEN n % 3 > 0 THEN timestamp '2026-01-05 08:00' + n * interval '3 hours' END
FROM generate_series(1, 1000) n;
INSERT INTO stock_moves (id, sku, bin_id, quantity, reason, moved_at)
SELECT n, 'SKU-' || 1 + n % 290, 1 + n % 390, n % 17 - 5, CASE WHEN n % 3 > 0 THEN (ARRAY['pick', 'restock', 'count'])[1 + n % 3] END, timestamptz '2025-09-01 00:00+00' + n * interval '2 hours'
FROM generate_series(1, 1600) n;
INSERT INTO rates (zone, up_to_g, price) SELECT 'Z' || n % 12, 500 * (1 + n % 170 / 12), 3 + n % 30 + 0.49 FROM generate_series(1, 180) n;
INSERT INTO express_rates (zone, up_to_g, price, guarantee_hours) SELECT 'Z' || n % 12, 500 * (1 + n / 12), 9 + n % 30 + 0.49, 12 FROM generate_series(1, 120) n;
INSERT INTO payouts (id, staff_id, amount_cents, state, iban, period, external_id, meta, paid_on)
SELECT n * 2, md5('staff' || 1 + n % 480)::uuid, 10000 + n * 7, (ARRAY['open', 'approved', 'paid', 'paid'])[1 + n % 4]::payout_state,
  CASE WHEN n % 5 > 0 THEN 'DE' || 10000000000000000000 + n END, '2025-' || lpad((1 + n % 12)::text, 2, '0'), CASE WHEN n % 3 > 0 THEN 'tr_' || n % 560 END,
  CASE WHEN n % 2 = 0 THEN '{"bank": "x"}'::jsonb END, CASE WHEN n % 4 IN (2, 3) THEN date '2025-02-05' + n % 300 END
FROM generate_series(1, 900) n;
INSERT INTO claims (id, shipment_id, kind, amount, status, resolution, opened_at, resolved_at)
SELECT n, md5('shipment' || 1 + n % 1300)::uuid, (ARRAY['damage', 'loss', 'delay'])[1 + n % 3], CASE WHEN n % 4 > 0 THEN n % 300 + 0.50 END,
  (ARRAY['new', 'review', 'accepted', 'rejected'])[1 + n % 4], CASE WHEN n % 4 > 1 THEN 'Settled.' END, timestamptz '2025-07-01 00:00+00' + n * interval '9 hours',
  CASE WHEN n % 4 > 1 THEN timestamptz '2025-08-01 00:00+00' + n * interval '9 hours' END
FROM generate_series(1, 450) n;
INSERT INTO outbox (id, topic, aggregate_id, payload, attempts, created_at, published_at)
SELECT n, 'shipment.delivered', CASE WHEN n % 8 > 0 THEN md5('shipment' || n)::uuid::text END, jsonb_build_object('n', n), n % 3, timestamptz '2025-07-01 00:00+00' + n * interval '3 hours',
  CASE WHEN n % 4 > 0 THEN timestamptz '2025-07-01 00:01+00' + n * interval '3 hours' END
FROM generate_series(1, 1200) n;
REFRESH MATERIALIZED VIEW shipper_turnover;

SELECT setval(pg_get_serial_sequence(t, 'id'), 10000000)
FROM unnest(ARRAY['depots', 'vehicles', 'vehicle_leases', 'shippers', 'scans', 'bins', 'rates', 'payouts', 'claims', 'outbox']) t;
SELECT setval('tracking_seq', 10000000);
