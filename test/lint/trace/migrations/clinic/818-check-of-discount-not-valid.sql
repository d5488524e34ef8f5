-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE bill_lines ADD CONSTRAINT bill_lines_discount_check CHECK (discount_percent BETWEEN 0 AND 100) NOT VALID;
