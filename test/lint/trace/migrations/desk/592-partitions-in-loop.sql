-- schema: desk.sql
-- rows: desk-rows.sql
DO $$
DECLARE
  month date;
BEGIN
  FOR month IN SELECT generate_series(date '2026-04-01', date '2026-12-01', interval '1 month')::date LOOP
    EXECUTE format(
      'CREATE TABLE IF NOT EXISTS webhook_deliveries_y%sm%s PARTITION OF webhook_deliveries FOR VALUES FROM (%L) TO (%L)',
      to_char(month, 'YYYY'), to_char(month, 'MM'), month, (month + interval '1 month')::date
    );
  END LOOP;
END $$;
