-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE claims ENABLE ROW LEVEL SECURITY;
CREATE POLICY claims_tenant ON claims FOR ALL TO shop_app
  USING (EXISTS (SELECT 1 FROM shipments s WHERE s.id = claims.shipment_id AND s.tenant_id = current_setting('app.tenant')::uuid));
