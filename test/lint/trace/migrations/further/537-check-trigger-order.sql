-- title: A trigger that mends what the check refuses
CREATE FUNCTION trim_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := nullif(trim(NEW.note), ''); RETURN NEW; END $$;
CREATE TRIGGER orders_trim BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION trim_note();
ALTER TABLE orders ADD CONSTRAINT orders_note_trimmed CHECK (note = trim(note)) NOT VALID;
