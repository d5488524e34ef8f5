-- schema: desk.sql
-- rows: desk-rows.sql
UPDATE accounts SET status = 'paid' WHERE status = 'active';
ALTER TABLE accounts ADD CONSTRAINT ck_accounts_status CHECK (status IN ('trial', 'paid', 'suspended')) NOT VALID;
