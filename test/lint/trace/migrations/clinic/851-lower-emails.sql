-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
UPDATE practitioners SET email = lower(email) WHERE email <> lower(email);
