-- schema: desk.sql
-- rows: desk-rows.sql
DROP POLICY tickets_of_account ON tickets;
ALTER TABLE tickets DISABLE ROW LEVEL SECURITY;
