-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE messages RENAME COLUMN channel TO channel_name;
ALTER TABLE messages ADD COLUMN channel uuid NOT NULL DEFAULT gen_random_uuid();
