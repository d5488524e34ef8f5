-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE staff_users RENAME TO users;
CREATE VIEW staff_users AS SELECT * FROM users;
