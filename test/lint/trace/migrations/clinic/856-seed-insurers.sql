-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
INSERT INTO insurers (code, name, kind) VALUES ('BKK01', 'BKK One', 'public'), ('PKV09', 'Private Nine', 'private') ON CONFLICT (code) DO NOTHING;
