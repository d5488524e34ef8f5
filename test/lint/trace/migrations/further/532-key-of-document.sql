-- title: One key of a document becomes a column, and the document goes
ALTER TABLE users ADD COLUMN theme text;
UPDATE users SET theme = preferences ->> 'theme';
ALTER TABLE users DROP COLUMN preferences;
