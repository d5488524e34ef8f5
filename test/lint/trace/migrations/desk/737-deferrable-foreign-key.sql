-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE teams ALTER CONSTRAINT fk_teams_account_id_accounts DEFERRABLE INITIALLY DEFERRED;
