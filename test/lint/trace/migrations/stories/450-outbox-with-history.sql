-- title: The outbox gets what is there already, under the trigger's lock
CREATE TABLE outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, topic text NOT NULL, payload jsonb NOT NULL);
CREATE FUNCTION orders_to_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (topic, payload) VALUES ('orders', to_jsonb(NEW));
  RETURN NULL;
END $$;
CREATE TRIGGER orders_to_outbox AFTER INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_to_outbox();
INSERT INTO outbox (topic, payload) SELECT 'orders', to_jsonb(o) FROM orders o;
