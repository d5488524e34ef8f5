-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE FUNCTION bump_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.lock_version := OLD.lock_version + 1;
  RETURN NEW;
END;
$$;
CREATE TRIGGER shipments_version BEFORE UPDATE ON shipments FOR EACH ROW EXECUTE FUNCTION bump_version();
