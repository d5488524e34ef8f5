-- title: No rewrite, but the CHECK is verified for every row
ALTER TABLE users ALTER COLUMN locale TYPE varchar(35);
