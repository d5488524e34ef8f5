-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
INSERT INTO insurers (id, code, name) VALUES (1, 'TKK', 'Techniker'), (2, 'AOK', 'AOK');
