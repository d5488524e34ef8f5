-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
INSERT INTO regions (code, parent_code, name, timezone) VALUES ('EU', NULL, 'Europe', NULL), ('EU-DE', 'EU', 'Germany', 'Europe/Berlin') ON CONFLICT (code) DO UPDATE SET name = excluded.name;
