-- schema: desk.sql
-- rows: desk-rows.sql
DROP INDEX ix_agents_team_id;
