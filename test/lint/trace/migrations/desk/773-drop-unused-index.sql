-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
DROP INDEX CONCURRENTLY IF EXISTS ix_agents_team_id;
