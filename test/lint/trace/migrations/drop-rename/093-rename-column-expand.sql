-- title: First phase of a rename: both are there, and kept in step
ALTER TABLE orders ADD COLUMN customer_note varchar(200);
CREATE FUNCTION orders_sync_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.customer_note IS NULL THEN NEW.customer_note := NEW.note; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER orders_sync_note BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_sync_note();
