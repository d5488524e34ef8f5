-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DROP FUNCTION next_tracking_no();
CREATE FUNCTION next_tracking_no(prefix text DEFAULT 'TN') RETURNS text LANGUAGE sql AS $$ SELECT prefix || lpad(nextval('tracking_seq')::text, 12, '0') $$;
