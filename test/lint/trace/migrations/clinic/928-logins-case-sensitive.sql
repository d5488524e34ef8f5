-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DROP INDEX staff_users_login_key;
CREATE UNIQUE INDEX staff_users_login_key ON staff_users (login);
