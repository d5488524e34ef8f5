-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE legacy_tickets ADD PRIMARY KEY (id);
