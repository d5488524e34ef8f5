-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DROP VIEW late_shipments;
DROP VIEW open_shipments;
CREATE VIEW open_shipments AS
  SELECT s.id, s.tracking_no, s.state, s.target_depot_id, s.recipient_name, s.zip, s.city, s.promised_on, s.priority
  FROM shipments s WHERE s.delivered_at IS NULL AND s.state NOT IN ('returned', 'lost');
CREATE VIEW late_shipments AS SELECT * FROM open_shipments WHERE promised_on < CURRENT_DATE;
GRANT SELECT ON open_shipments, late_shipments TO shop_app;
