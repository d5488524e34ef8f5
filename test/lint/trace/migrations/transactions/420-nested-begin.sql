-- title: The file opens a transaction of its own inside of the runner's
BEGIN;
ALTER TABLE settings ADD COLUMN scope text NOT NULL DEFAULT 'shop';
COMMIT;
