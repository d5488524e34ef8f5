-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DROP MATERIALIZED VIEW revenue_by_month;
CREATE MATERIALIZED VIEW revenue_by_month AS
  SELECT date_trunc('month', issued_on)::date AS month, currency, sum(gross) AS gross, count(*) AS bills FROM bills WHERE issued_on IS NOT NULL GROUP BY 1, 2;
CREATE UNIQUE INDEX revenue_by_month_key ON revenue_by_month (month, currency);
