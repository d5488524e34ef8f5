-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE "messages" ALTER COLUMN "channel" SET DEFAULT 'sms';
