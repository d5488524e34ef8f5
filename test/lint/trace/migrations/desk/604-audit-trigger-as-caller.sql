-- schema: desk.sql
-- rows: desk-rows.sql
CREATE FUNCTION log_ticket_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit.entries (table_name, row_id, actor, change)
  VALUES ('tickets', NEW.id::text, current_user, to_jsonb(NEW));
  RETURN NULL;
END $$;
CREATE TRIGGER tickets_log AFTER INSERT OR UPDATE ON tickets FOR EACH ROW EXECUTE FUNCTION log_ticket_change();
