-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE subscriptions ALTER COLUMN amount TYPE numeric(10,2);
