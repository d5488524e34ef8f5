-- schema: desk.sql
-- rows: desk-rows.sql
CREATE FUNCTION refuse_writes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'legacy_tickets is read only';
END $$;
CREATE TRIGGER legacy_read_only BEFORE INSERT OR UPDATE OR DELETE ON legacy_tickets FOR EACH STATEMENT EXECUTE FUNCTION refuse_writes();
