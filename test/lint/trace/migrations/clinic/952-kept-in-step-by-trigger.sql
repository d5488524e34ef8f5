-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE patients ADD COLUMN mobile varchar(30);
CREATE FUNCTION patients_mobile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.phone IS DISTINCT FROM OLD.phone THEN
    NEW.mobile := NEW.phone;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER patients_mobile BEFORE INSERT OR UPDATE ON patients FOR EACH ROW EXECUTE FUNCTION patients_mobile();
