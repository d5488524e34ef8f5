-- schema: desk.sql
-- rows: desk-rows.sql
-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION lower_customer_email() RETURNS trigger AS $$
BEGIN
  NEW.email := lower(NEW.email);
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER customers_lower_email BEFORE INSERT OR UPDATE OF email ON customers
  FOR EACH ROW EXECUTE FUNCTION lower_customer_email();
