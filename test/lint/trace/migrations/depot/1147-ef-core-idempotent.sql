-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
START TRANSACTION;
DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM information_schema.columns WHERE table_name = 'claims' AND column_name = 'Currency') THEN
    ALTER TABLE claims ADD "Currency" character varying(3) NOT NULL DEFAULT '';
    END IF;
END $EF$;
COMMIT;
