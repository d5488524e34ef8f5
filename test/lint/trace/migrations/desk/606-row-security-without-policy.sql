-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE labels ENABLE ROW LEVEL SECURITY;
