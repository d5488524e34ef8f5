-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE plans RENAME COLUMN max_agents TO agent_limit;
CREATE VIEW plan_overview AS SELECT id, code, monthly_price, agent_limit FROM plans;
GRANT SELECT ON plan_overview TO PUBLIC;
