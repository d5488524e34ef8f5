-- schema: desk.sql
-- rows: desk-rows.sql
DO $$
BEGIN
  CREATE TYPE agent_role AS ENUM ('owner', 'admin', 'agent');
EXCEPTION
  WHEN duplicate_object THEN NULL;
END $$;
ALTER TABLE agents ADD COLUMN role agent_role NOT NULL DEFAULT 'agent';
