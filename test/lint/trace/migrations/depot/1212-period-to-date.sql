-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE payouts ALTER COLUMN period TYPE date USING to_date(period, 'YYYY-MM');
