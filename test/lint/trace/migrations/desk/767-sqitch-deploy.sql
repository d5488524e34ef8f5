-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
-- Deploy desk:agent_skills to pg
-- requires: agents
BEGIN;
SET client_min_messages = 'warning';
CREATE TABLE agent_skills (
  agent_id integer NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  skill text NOT NULL CHECK (skill <> ''),
  PRIMARY KEY (agent_id, skill)
);
COMMIT;
