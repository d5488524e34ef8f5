-- schema: desk.sql
-- rows: desk-rows.sql
CREATE FUNCTION audit.log_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, pg_temp AS $$
BEGIN
  INSERT INTO audit.entries (table_name, row_id, actor, change)
  VALUES (TG_TABLE_NAME, NEW.id::text, session_user, to_jsonb(NEW));
  RETURN NULL;
END $$;
CREATE TRIGGER tickets_audit AFTER INSERT OR UPDATE ON tickets FOR EACH ROW EXECUTE FUNCTION audit.log_change();
