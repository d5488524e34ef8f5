-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- Changeset db/changelog.xml::41::ops
UPDATE public.shipments SET zip = '' WHERE zip IS NULL;
ALTER TABLE public.shipments ALTER COLUMN  zip SET NOT NULL;
