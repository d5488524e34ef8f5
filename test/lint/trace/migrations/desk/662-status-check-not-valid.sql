-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE accounts ADD CONSTRAINT ck_accounts_status CHECK (status IN ('trial', 'active', 'suspended', 'closed')) NOT VALID;
