-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
-- migrate:up transaction:false
CREATE TABLE ticket_sources (
  code text PRIMARY KEY,
  title text NOT NULL
);
INSERT INTO ticket_sources (code, title) VALUES ('web', 'Web form'), ('mail', 'E-mail'), ('api', 'API') ON CONFLICT DO NOTHING;
ALTER TABLE tickets ADD COLUMN source text;
ALTER TABLE tickets ADD CONSTRAINT fk_tickets_source FOREIGN KEY (source) REFERENCES ticket_sources (code) NOT VALID;
ALTER TABLE tickets VALIDATE CONSTRAINT fk_tickets_source;
