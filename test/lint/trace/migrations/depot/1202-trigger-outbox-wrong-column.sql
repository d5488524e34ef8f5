-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE OR REPLACE FUNCTION shipment_to_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (subject, aggregate_id, payload) VALUES ('shipment.' || NEW.state, NEW.id::text, to_jsonb(NEW));
  RETURN NULL;
END;
$$;
