-- schema: desk.sql
-- rows: desk-rows.sql
-- since: 15
ALTER TABLE labels ADD CONSTRAINT uq_labels UNIQUE NULLS NOT DISTINCT (account_id, name, color);
