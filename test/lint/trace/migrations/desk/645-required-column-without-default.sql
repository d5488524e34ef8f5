-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE customers ADD COLUMN language varchar(5) NOT NULL;
