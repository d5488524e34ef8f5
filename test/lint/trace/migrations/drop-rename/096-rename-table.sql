ALTER TABLE docs RENAME TO documents;
