-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE TABLE claims_part (LIKE claims INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (opened_at);
ALTER TABLE claims_part ADD PRIMARY KEY (id, opened_at);
CREATE TABLE claims_part_2026 PARTITION OF claims_part FOR VALUES FROM ('2025-01-01') TO ('2027-01-01');
CREATE FUNCTION sync_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN DELETE FROM claims_part WHERE id = OLD.id;
  ELSIF TG_OP = 'INSERT' THEN INSERT INTO claims_part SELECT NEW.*;
  ELSE UPDATE claims_part SET status = NEW.status, amount = NEW.amount WHERE id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER claims_sync AFTER INSERT OR UPDATE OR DELETE ON claims FOR EACH ROW EXECUTE FUNCTION sync_claims();
