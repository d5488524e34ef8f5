-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE patients ADD COLUMN messages_count integer NOT NULL DEFAULT 0;
UPDATE patients p SET messages_count = m.n FROM (SELECT patient_id, count(*) AS n FROM messages GROUP BY patient_id) m WHERE m.patient_id = p.id;
