-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- classes: +breaks-old-code because a bill that is paid can be changed no more
CREATE FUNCTION refuse_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'paid' THEN
    RAISE EXCEPTION 'bill % is paid', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bills_refuse_paid BEFORE UPDATE ON bills FOR EACH ROW EXECUTE FUNCTION refuse_paid();
