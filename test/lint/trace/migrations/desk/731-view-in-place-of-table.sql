-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE customers RENAME TO people;
ALTER TABLE people RENAME COLUMN first_name TO given_name;
CREATE VIEW customers AS
  SELECT id, account_id, external_id, email, phone, given_name AS first_name, last_name, company, tier, vip, notes, created_at FROM people;
