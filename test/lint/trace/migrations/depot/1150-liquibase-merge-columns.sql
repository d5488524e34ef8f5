-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE public.shipments ADD place VARCHAR(200);
UPDATE public.shipments SET place = zip || ' ' || city;
ALTER TABLE public.shipments DROP COLUMN zip;
ALTER TABLE public.shipments DROP COLUMN city;
