-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
INSERT INTO waiting_list (patient_id, practitioner_id, priority, note)
SELECT w.patient_id, w.practitioner_id, 3, 'Joined.' FROM waiting_list w
WHERE w.priority > 3 AND w.practitioner_id IS NULL
  AND w.patient_id NOT IN (SELECT o.patient_id FROM waiting_list o WHERE o.priority < 4);
DELETE FROM waiting_list WHERE priority > 3;
