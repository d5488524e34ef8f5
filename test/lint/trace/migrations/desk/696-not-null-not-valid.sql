-- schema: desk.sql
-- rows: desk-rows.sql
-- since: 18
ALTER TABLE customers ADD CONSTRAINT nn_customers_first_name NOT NULL first_name NOT VALID;
