-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- classes: +data-loss +breaks-old-code because 1 and 2 cannot be told apart any more, and the application of before reads words where it expects numbers
ALTER TABLE waiting_list ALTER COLUMN priority TYPE text USING CASE priority WHEN 1 THEN 'high' WHEN 2 THEN 'high' WHEN 3 THEN 'normal' ELSE 'low' END;
