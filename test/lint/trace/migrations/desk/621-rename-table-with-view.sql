-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE agents RENAME TO members;
CREATE VIEW agents AS SELECT * FROM members;
