-- schema: desk.sql
-- rows: desk-rows.sql
CREATE TABLE ticket_links (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source_id bigint NOT NULL REFERENCES tickets (id),
  target_id bigint NOT NULL REFERENCES tickets (id),
  kind text NOT NULL DEFAULT 'related' CHECK (kind IN ('related', 'duplicate')),
  UNIQUE (source_id, target_id, kind),
  CHECK (source_id <> target_id)
);
ALTER TABLE ticket_links ENABLE ROW LEVEL SECURITY;
CREATE POLICY ticket_links_all ON ticket_links USING (true);
CREATE TRIGGER ticket_links_audit AFTER INSERT ON ticket_links FOR EACH ROW EXECUTE FUNCTION set_modified();
