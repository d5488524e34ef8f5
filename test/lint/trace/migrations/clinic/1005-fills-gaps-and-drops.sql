-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
UPDATE messages SET read_at = sent_at WHERE read_at IS NULL;
ALTER TABLE messages DROP COLUMN sent_at;
