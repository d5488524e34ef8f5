-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DROP MATERIALIZED VIEW shipper_turnover;
CREATE MATERIALIZED VIEW shipper_turnover AS
  SELECT shipper_id, date_trunc('month', created_at AT TIME ZONE 'UTC')::date AS month, count(*) AS shipments, sum(declared_value) AS declared, max(created_at) AS latest
  FROM shipments GROUP BY 1, 2;
CREATE UNIQUE INDEX shipper_turnover_key ON shipper_turnover (shipper_id, month);
