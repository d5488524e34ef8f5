-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
INSERT INTO icd_codes (code, title, chapter) VALUES ('U07.1', 'COVID-19, virus identified', 'XXII'), ('U09.9', 'Post COVID-19 condition', 'XXII')
ON CONFLICT (code) DO UPDATE SET title = excluded.title;
