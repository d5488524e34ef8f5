-- Rows of the practice as they may be in production; lint is not shown them. What may be NULL sometimes is, what need not be unique sometimes is not, and values mean something.
SET search_path TO public;

INSERT INTO schema_migrations SELECT (20240101000000 + n * 1000000)::text FROM generate_series(1, 120) n;
INSERT INTO clinics (id, name, slug, street, city, zip, country, opening_hours, created_at)
SELECT n, 'Practice ' || n, 'practice-' || n, CASE WHEN n % 5 > 0 THEN 'Street ' || n END, CASE WHEN n % 5 > 0 THEN 'City ' || n % 12 END,
  CASE WHEN n % 45 = 1 THEN 'A-1010' WHEN n % 5 > 0 THEN (10000 + n * 17)::text END, CASE WHEN n % 9 = 0 THEN 'AT' ELSE 'DE' END,
  CASE WHEN n % 3 > 0 THEN '{"mon": ["08:00", "18:00"]}'::jsonb END, timestamptz '2023-01-01 00:00+00' + n * interval '9 hours'
FROM generate_series(1, 100) n;
INSERT INTO insurers (id, code, name, kind)
SELECT n, 'INS' || n, 'Insurer ' || n % 85, CASE WHEN n % 4 = 0 THEN 'private' ELSE 'public' END FROM generate_series(1, 90) n;
INSERT INTO practitioners (id, clinic_id, licence_no, title, first_name, last_name, email, specialty, hourly_rate, active, employed_since, employed_until)
SELECT md5('practitioner' || n)::uuid, 1 + n % 100, 'L-' || n, CASE WHEN n % 3 > 0 THEN 'Dr. med.' END, (ARRAY['Anna', 'Ben', 'Clara'])[1 + n % 3],
  'Name' || n % 230, CASE WHEN n % 7 > 0 THEN 'Doc' || n % 240 || '@practice.test' END, CASE WHEN n % 5 > 0 THEN (ARRAY['GP', 'Dermatology', 'ENT'])[1 + n % 3] END,
  CASE WHEN n % 4 > 0 THEN 80 + n % 40 + 0.5 END, CASE WHEN n % 4 > 0 THEN n % 6 > 0 END, date '2015-01-01' + n * 10,
  CASE WHEN n % 7 = 0 THEN date '2024-01-01' + n * 10 END
FROM generate_series(1, 300) n;
INSERT INTO rooms (id, clinic_id, name, floor, equipment)
SELECT n, 1 + n % 100, 'Room ' || n % 3, CASE WHEN n % 4 > 0 THEN n % 3 END, CASE WHEN n % 3 = 0 THEN '{ultrasound,ecg}' ELSE '{}' END::text[]
FROM generate_series(1, 320) n;
INSERT INTO patients (id, clinic_id, record_no, first_name, last_name, born_on, sex, email, phone, insurer_id, insurance_no, address, allergies, notes, consent,
  deceased, deleted_at, created_at, updated_at)
SELECT n * 3, 1 + n % 100, 'P' || n, (ARRAY['Kim', 'Lea', 'Tom'])[1 + n % 3], 'Family' || n % 400, CASE WHEN n % 20 > 0 THEN date '1940-01-01' + n * 20 END,
  (ARRAY['female', 'male', 'unknown', 'other'])[1 + n % 4]::sex, CASE WHEN n % 4 > 0 THEN 'Patient' || n % 900 || '@mail.test' END,
  CASE WHEN n % 3 > 0 THEN '+49 30 ' || 100000 + n END, CASE WHEN n % 4 > 0 THEN 1 + n % 90 END, CASE WHEN n % 6 > 0 THEN 'A' || 100000000 + n % 1100 END,
  CASE WHEN n % 5 > 0 THEN 'Street ' || n || ', 10115 Berlin' END, CASE WHEN n % 4 = 0 THEN '{penicillin}'::text[] END,
  CASE WHEN n % 3 = 0 THEN repeat('A note. ', 1 + n % 20) END, CASE WHEN n % 5 > 0 THEN n % 2 = 0 END, n % 50 = 0,
  CASE WHEN n % 25 = 0 THEN timestamptz '2026-01-01 00:00+00' END, timestamptz '2023-02-01 00:00+00' + n * interval '5 hours', timestamptz '2025-02-01 00:00+00' + n * interval '5 hours'
FROM generate_series(1, 1200) n;
INSERT INTO appointments (id, clinic_id, patient_id, practitioner_id, room_id, starts_at, ends_at, status, reason, cancelled_reason, source, reminder_sent, price, created_at)
SELECT md5('appointment' || n)::uuid, 1 + n % 100, (1 + n % 1100) * 3, md5('practitioner' || 1 + n % 300)::uuid, CASE WHEN n % 4 > 0 THEN 1 + n % 320 END,
  timestamptz '2025-01-01 08:00+00' + n % 1000 * interval '4 hours', timestamptz '2025-01-01 08:20+00' + n % 1000 * interval '4 hours',
  (ARRAY['booked', 'confirmed', 'done', 'done', 'cancelled', 'no_show'])[1 + n % 6]::appointment_status, CASE WHEN n % 3 > 0 THEN 'Check-up ' || n % 40 END,
  CASE WHEN n % 6 = 4 THEN 'ill' END, (ARRAY['phone', 'web', 'app'])[1 + n % 3], n % 2 = 0, CASE WHEN n % 5 > 0 THEN 20 + n % 90 + 0.99 END,
  timestamptz '2024-12-01 08:00+00' + n * interval '4 hours'
FROM generate_series(1, 1800) n;
INSERT INTO visits (id, appointment_id, patient_id, practitioner_id, started_at, ended_at, summary, vitals, height_cm, weight_kg, follow_up_days)
SELECT n * 2, CASE WHEN n % 8 > 0 THEN md5('appointment' || n)::uuid END, (1 + n % 1100) * 3, md5('practitioner' || 1 + n % 300)::uuid,
  timestamp '2025-01-01 08:01:12' + n * interval '4 hours', CASE WHEN n % 9 > 0 THEN timestamp '2025-01-01 08:17:45' + n * interval '4 hours' END,
  CASE WHEN n % 4 > 0 THEN 'All well. ' || n % 300 END, CASE WHEN n % 3 > 0 THEN jsonb_build_object('pulse', 60 + n % 40, 'rr', '120/80') END,
  CASE WHEN n % 3 > 0 THEN 150 + n % 45 + 0.5 END, CASE WHEN n % 3 > 0 THEN 50 + n % 60 + 0.3 END, CASE WHEN n % 4 = 0 THEN 14 + n % 30 END
FROM generate_series(1, 1400) n;
INSERT INTO icd_codes (code, title, chapter, obsolete)
SELECT chr(65 + n % 26) || lpad((n / 26)::text, 2, '0') || '.' || n % 10, 'Disease ' || n % 390, CASE WHEN n % 5 > 0 THEN 'Chapter ' || n % 22 END, n % 30 = 0
FROM generate_series(0, 399) n;
INSERT INTO icd_codes (code, title) VALUES ('X99.9', 'Not known');
INSERT INTO diagnoses (visit_id, position, code, note, certain)
SELECT (1 + n % 1400) * 2, 1 + n / 1400, chr(65 + n % 26) || lpad((n % 400 / 26)::text, 2, '0') || '.' || n % 400 % 10, CASE WHEN n % 3 = 0 THEN 'Left side.' END, n % 5 > 0
FROM (SELECT n FROM generate_series(0, 1999) n WHERE EXISTS (
  SELECT FROM icd_codes WHERE code = chr(65 + n % 26) || lpad((n % 400 / 26)::text, 2, '0') || '.' || n % 400 % 10)) n;
INSERT INTO drugs (id, pzn, name, strength, unit_price, controlled)
SELECT n, lpad((1000 + n % 345)::text, 8, '0'), 'Drug ' || n % 280, CASE WHEN n % 4 > 0 THEN n % 10 * 50 || ' mg' END, CASE WHEN n % 6 > 0 THEN n % 90 + 0.95 END, n % 20 = 0
FROM generate_series(1, 350) n;
INSERT INTO prescriptions (id, visit_id, drug_id, dose, days, repeats, issued_at, voided)
SELECT n * 5, (1 + n % 1400) * 2, 1 + n % 350, (ARRAY['1-0-1', '1-1-1', 'as needed'])[1 + n % 3], CASE WHEN n % 3 > 0 THEN 5 + n % 30 END, n % 3,
  timestamp '2025-01-01 09:00' + n * interval '4 hours', CASE WHEN n % 4 = 0 THEN n % 8 = 0 END
FROM generate_series(1, 1100) n;
INSERT INTO lab_results (id, patient_id, test_code, value, unit, flag, taken_on)
SELECT n, (1 + n % 1150) * 3, CASE WHEN n % 40 = 0 THEN 'HBA1C-IFCC' ELSE 'T' || n % 60 END, CASE WHEN n % 10 = 0 THEN 'positive' WHEN n % 10 > 1 THEN (n % 200)::text END, CASE WHEN n % 5 > 0 THEN 'mg/dl' END,
  CASE WHEN n % 3 = 0 THEN 'H' END, date '2024-02-01' + n % 800
FROM generate_series(1, 2000) n;
INSERT INTO lab_results SELECT id + 2000, patient_id, test_code, value, unit, flag, taken_on FROM lab_results WHERE id <= 10;
INSERT INTO bills (id, number, patient_id, visit_id, state, net, vat, currency, external_ref, issued_on, due_on, paid_at, updated_at)
SELECT n * 4, n, (1 + n % 1100) * 3, CASE WHEN n % 95 = 1 THEN 99998 WHEN n % 5 > 0 THEN (1 + n % 1390) * 2 END, (ARRAY['draft', 'sent', 'paid', 'paid', 'void'])[1 + n % 5]::bill_state,
  20 + n % 150 + 0.37, (n % 20) + 0.19, CASE WHEN n % 10 = 0 THEN 'CHF' ELSE 'EUR' END, CASE WHEN n % 3 = 0 THEN 'ref-' || n % 400 END,
  CASE WHEN n % 5 > 0 THEN date '2025-01-01' + n % 400 END, CASE WHEN n % 5 > 0 THEN date '2025-02-01' + n % 400 END,
  CASE WHEN n % 5 IN (2, 3) THEN timestamptz '2025-03-01 12:00+00' + n * interval '6 hours' END, timestamptz '2025-03-01 12:00+00' + n * interval '6 hours'
FROM generate_series(1, 1300) n;
INSERT INTO bill_lines (id, bill_id, description, quantity, unit_price, discount_percent)
SELECT n * 3, (1 + n % 1290) * 4, 'Item ' || n % 120, 1 + n % 4, 5 + n % 80 + 0.25, CASE WHEN n % 6 = 0 THEN n % 30 END FROM generate_series(1, 1900) n;
INSERT INTO receipts (id, bill_id, amount, method, received_at, provider_payload)
SELECT md5('receipt' || n)::uuid, (2 + n % 2 + n % 259 * 5) * 4, 10 + n % 150 + 0.56, (ARRAY['cash', 'card', 'transfer'])[1 + n % 3],
  timestamptz '2025-03-01 12:00+00' + n * interval '7 hours', CASE WHEN n % 3 = 1 THEN '{"terminal": 4}'::json END
FROM generate_series(1, 900) n;
INSERT INTO staff_users (id, practitioner_id, login, password_digest, role, locale, failed_logins, settings, last_seen_at)
SELECT n, CASE WHEN n % 3 > 0 THEN md5('practitioner' || 1 + n % 300)::uuid END, 'User' || n, CASE WHEN n % 9 > 0 THEN md5(n::text) END,
  (ARRAY['reception', 'doctor', 'admin'])[1 + n % 3], CASE WHEN n % 4 > 0 THEN 'de' END, CASE WHEN n % 4 > 0 THEN n % 3 END,
  CASE WHEN n % 2 = 0 THEN '{"theme": "dark"}' ELSE '{}' END::jsonb, CASE WHEN n % 5 > 0 THEN timestamp '2026-01-01 07:30' + n * interval '1 hour' END
FROM generate_series(1, 260) n;
INSERT INTO messages (id, patient_id, staff_user_id, channel, subject, body, delivered, sent_at, read_at)
SELECT n * 2, (1 + n % 1150) * 3, CASE WHEN n % 4 > 0 THEN 1 + n % 260 END, (ARRAY['email', 'sms'])[1 + n % 2], CASE WHEN n % 2 = 0 THEN repeat('Your visit ', 1 + n % 14) END,
  'Dear patient ' || n % 500, n % 3 > 0, CASE WHEN n % 3 > 0 THEN timestamptz '2025-05-01 10:00+00' + n * interval '2 hours' END,
  CASE WHEN n % 6 = 1 THEN timestamptz '2025-05-02 10:00+00' + n * interval '2 hours' END
FROM generate_series(1, 1500) n;
INSERT INTO documents (id, patient_id, filename, mime, size_bytes, content, checksum, tags)
SELECT md5('document' || n)::uuid, CASE WHEN n % 4 > 0 THEN (1 + n % 1150) * 3 END, 'scan-' || n % 300 || '.pdf', (ARRAY['application/pdf', 'image/png'])[1 + n % 2], n * 321,
  CASE WHEN n % 3 > 0 THEN decode(md5(n::text), 'hex') END, CASE WHEN n % 4 > 0 THEN repeat(md5((n % 560)::text), 2) END, CASE WHEN n % 3 = 0 THEN 'x-ray,left' END
FROM generate_series(1, 600) n;
INSERT INTO waiting_list (id, patient_id, practitioner_id, priority, wanted_from, note)
SELECT n, (1 + n % 1000) * 3, CASE WHEN n % 3 > 0 THEN md5('practitioner' || 1 + n % 300)::uuid END, 1 + n % 5, CASE WHEN n % 2 = 0 THEN date '2026-05-01' + n END,
  CASE WHEN n % 4 = 0 THEN 'mornings' END
FROM generate_series(1, 220) n;
INSERT INTO audit.changes (id, table_name, row_id, actor, old, new, at)
SELECT n, (ARRAY['bills', 'patients'])[1 + n % 2], CASE WHEN n % 9 > 0 THEN (n * 4)::text END, CASE WHEN n % 3 > 0 THEN 'User' || n % 260 END,
  CASE WHEN n % 2 = 0 THEN '{"state": "draft"}'::jsonb END, '{"state": "sent"}', timestamptz '2024-01-01 00:00+00' + n * interval '3 hours'
FROM generate_series(1, 1000) n;
REFRESH MATERIALIZED VIEW revenue_by_month;

SELECT setval(pg_get_serial_sequence(t, 'id'), 10000000)
FROM unnest(ARRAY['clinics', 'insurers', 'rooms', 'patients', 'visits', 'drugs', 'prescriptions', 'bills', 'bill_lines', 'staff_users', 'messages', 'waiting_list', 'audit.changes']) t;
SELECT setval('bill_number_seq', 10000000);
