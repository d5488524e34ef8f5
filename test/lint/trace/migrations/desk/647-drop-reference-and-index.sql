-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
ALTER TABLE teams DROP CONSTRAINT fk_teams_account_id_accounts;
DROP INDEX CONCURRENTLY IF EXISTS ix_agents_team_id;
