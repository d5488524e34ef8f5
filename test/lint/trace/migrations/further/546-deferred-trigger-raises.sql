-- title: A constraint trigger that looks at the end of the transaction
CREATE FUNCTION has_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.note IS NULL OR NEW.note NOT LIKE 'ok:%' THEN RAISE EXCEPTION 'an order needs a note'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER orders_has_note AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION has_note();
