-- title: An outbox with a trigger on orders
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL,
  payload jsonb NOT NULL,
  sent_at timestamptz
);
CREATE INDEX outbox_unsent_idx ON outbox (id) WHERE sent_at IS NULL;
CREATE FUNCTION orders_to_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (topic, payload) VALUES ('orders', to_jsonb(NEW));
  RETURN NULL;
END $$;
CREATE TRIGGER orders_to_outbox AFTER INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_to_outbox();
