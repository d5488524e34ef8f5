-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

ALTER TABLE agents ADD CONSTRAINT fk_agents_team_id_teams FOREIGN KEY(team_id) REFERENCES teams (id) ON DELETE SET NULL;

UPDATE alembic_version SET version_num='f203' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
