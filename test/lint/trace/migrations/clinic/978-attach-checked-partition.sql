-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
CREATE TABLE lab_results_2027 (LIKE lab_results INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE lab_results_2027 ADD CONSTRAINT lab_results_2027_range CHECK (taken_on >= '2027-01-01' AND taken_on < '2028-01-01');
ALTER TABLE lab_results ATTACH PARTITION lab_results_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
