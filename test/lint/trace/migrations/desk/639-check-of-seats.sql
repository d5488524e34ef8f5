-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE accounts ADD CONSTRAINT ck_accounts_seats CHECK (seats > 0);
