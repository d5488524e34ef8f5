-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE labels ALTER COLUMN id TYPE bigint;
ALTER SEQUENCE labels_id_seq AS bigint;
