-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE customers ADD COLUMN full_name text;
CREATE FUNCTION customers_full_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.full_name := concat_ws(' ', NEW.first_name, NEW.last_name);
  RETURN NEW;
END $$;
CREATE TRIGGER customers_full_name BEFORE INSERT OR UPDATE OF first_name, last_name ON customers
  FOR EACH ROW EXECUTE FUNCTION customers_full_name();
