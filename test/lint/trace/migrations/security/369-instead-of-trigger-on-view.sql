CREATE FUNCTION order_totals_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER order_totals_write INSTEAD OF UPDATE ON order_totals FOR EACH ROW EXECUTE FUNCTION order_totals_write();
