-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- classes: -data-loss because all rows are in the new table
ALTER TABLE lab_results RENAME TO lab_results_old;
CREATE TABLE lab_results (LIKE lab_results_old INCLUDING DEFAULTS, PRIMARY KEY (id, taken_on)) PARTITION BY RANGE (taken_on);
CREATE TABLE lab_results_all PARTITION OF lab_results DEFAULT;
INSERT INTO lab_results SELECT * FROM lab_results_old;
DROP TABLE lab_results_old;
