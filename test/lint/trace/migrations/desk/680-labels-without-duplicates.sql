-- schema: desk.sql
-- rows: desk-rows.sql
DELETE FROM labels a USING labels b WHERE a.id > b.id AND a.name = b.name;
CREATE UNIQUE INDEX ix_labels_name ON labels (name);
