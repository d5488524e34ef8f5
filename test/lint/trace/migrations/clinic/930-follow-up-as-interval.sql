-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE visits ALTER COLUMN follow_up_days TYPE interval USING make_interval(days => follow_up_days);
