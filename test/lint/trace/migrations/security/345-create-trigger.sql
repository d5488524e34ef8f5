CREATE FUNCTION log_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_log (id, actor, action, detail) VALUES (0, current_user, 'price', NEW.id::text);
  RETURN NEW;
END $$;
CREATE TRIGGER products_log_price AFTER UPDATE OF price ON products FOR EACH ROW EXECUTE FUNCTION log_price();
