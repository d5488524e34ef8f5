-- schema: desk.sql
-- rows: desk-rows.sql
DROP VIEW IF EXISTS agent_load;
