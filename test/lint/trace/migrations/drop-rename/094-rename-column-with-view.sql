-- title: The table moves away, a view of the old shape stays
ALTER TABLE docs RENAME TO documents;
ALTER TABLE documents RENAME COLUMN body TO content;
CREATE VIEW docs AS SELECT id, title, content AS body, meta, owner_id, locked FROM documents;
