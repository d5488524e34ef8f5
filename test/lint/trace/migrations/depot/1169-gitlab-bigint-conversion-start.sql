-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE vehicle_leases ADD COLUMN vehicle_id_convert_to_bigint bigint DEFAULT 0 NOT NULL;
CREATE FUNCTION trigger_3fbd1bd06b1e() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."vehicle_id_convert_to_bigint" := NEW."vehicle_id";
  RETURN NEW;
END
$$;
CREATE TRIGGER trigger_3fbd1bd06b1e BEFORE INSERT OR UPDATE ON vehicle_leases FOR EACH ROW EXECUTE FUNCTION trigger_3fbd1bd06b1e();
