-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
CREATE UNIQUE INDEX CONCURRENTLY legacy_tickets_id_key ON legacy_tickets (id);
ALTER TABLE legacy_tickets ADD CONSTRAINT legacy_tickets_pkey PRIMARY KEY USING INDEX legacy_tickets_id_key;
