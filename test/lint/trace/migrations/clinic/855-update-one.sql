-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
UPDATE staff_users SET role = 'admin' WHERE lower(login) = 'chief';
