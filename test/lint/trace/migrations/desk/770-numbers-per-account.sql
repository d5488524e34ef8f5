-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE tickets ADD COLUMN account_number integer;
UPDATE tickets t SET account_number = n.nr
FROM (SELECT id, row_number() OVER (PARTITION BY account_id ORDER BY id) AS nr FROM tickets) n WHERE n.id = t.id;
