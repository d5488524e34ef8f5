-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE drugs ADD COLUMN search tsvector;
CREATE FUNCTION drugs_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search := to_tsvector('simple', NEW.name || ' ' || coalesce(NEW.strength, ''));
  RETURN NEW;
END $$;
CREATE TRIGGER drugs_search BEFORE INSERT OR UPDATE ON drugs FOR EACH ROW EXECUTE FUNCTION drugs_search();
UPDATE drugs SET name = name;
CREATE INDEX drugs_search_idx ON drugs USING gin (search);
