-- schema: desk.sql
-- rows: desk-rows.sql
SET LOCAL search_path = audit, public;
ALTER TABLE entries ADD COLUMN ip inet;
CREATE INDEX ix_entries_at ON entries USING brin (at);
