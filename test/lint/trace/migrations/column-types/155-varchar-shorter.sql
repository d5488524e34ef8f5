-- title: A note fits into 60 characters
ALTER TABLE orders ALTER COLUMN note TYPE varchar(60);
