-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE "shipments" ADD "eta" timestamp(6) with time zone;
ALTER TABLE "shipments" ADD "signature_required" boolean DEFAULT FALSE NOT NULL;
