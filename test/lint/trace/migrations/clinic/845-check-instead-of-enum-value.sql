-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE insurers DROP CONSTRAINT insurers_kind_check;
ALTER TABLE insurers ADD CONSTRAINT insurers_kind_check CHECK (kind IN ('public', 'private', 'foreign'));
