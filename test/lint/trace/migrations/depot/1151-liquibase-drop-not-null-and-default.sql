-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE public.shipments ALTER COLUMN  country DROP NOT NULL;
ALTER TABLE public.shipments ALTER COLUMN  country DROP DEFAULT;
