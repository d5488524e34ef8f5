ALTER TABLE sessions ADD COLUMN device json;
