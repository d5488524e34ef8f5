-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE TABLE lab_results_2027 PARTITION OF lab_results FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
