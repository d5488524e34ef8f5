-- schema: desk.sql
-- rows: desk-rows.sql
UPDATE agents SET email = lower(email) WHERE email <> lower(email);
DROP INDEX ix_agents_account_email;
CREATE UNIQUE INDEX ix_agents_account_email ON agents (account_id, lower(email));
