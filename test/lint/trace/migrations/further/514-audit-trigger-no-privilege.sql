-- title: The application may not write where the trigger writes
CREATE TABLE reporting.order_log (order_id bigint, at timestamptz NOT NULL DEFAULT now());
CREATE FUNCTION log_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reporting.order_log (order_id) VALUES (NEW.id);
  RETURN NEW;
END $$;
CREATE TRIGGER orders_log AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION log_order();
