-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- +goose Up
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION stock_not_oversold() RETURNS trigger AS $$
BEGIN
  IF NEW.reserved > NEW.quantity THEN
    RAISE EXCEPTION 'reserved more than there is';
  END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER stock_oversold BEFORE INSERT OR UPDATE ON stock FOR EACH ROW EXECUTE FUNCTION stock_not_oversold();
