-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE "shippers" ADD "shipments_count" integer DEFAULT 0 NOT NULL;
UPDATE "shippers" SET "shipments_count" = (SELECT count(*) FROM "shipments" WHERE "shipments"."shipper_id" = "shippers"."id");
