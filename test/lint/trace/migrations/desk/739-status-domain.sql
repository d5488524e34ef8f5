-- schema: desk.sql
-- rows: desk-rows.sql
CREATE DOMAIN currency_code AS varchar(3) CHECK (VALUE ~ '^[a-z]{3}$');
ALTER TABLE subscriptions ALTER COLUMN currency TYPE currency_code;
