-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE subscriptions ADD CONSTRAINT ck_currency CHECK (currency = upper(currency)) NOT VALID;
