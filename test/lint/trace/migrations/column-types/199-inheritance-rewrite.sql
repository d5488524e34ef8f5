ALTER TABLE contacts ALTER COLUMN id TYPE integer;
