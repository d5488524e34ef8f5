-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DELETE FROM bills WHERE visit_id IS NOT NULL AND NOT EXISTS (SELECT FROM visits WHERE visits.id = bills.visit_id);
ALTER TABLE bills ADD CONSTRAINT bills_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visits (id) NOT VALID;
