-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
ALTER TABLE "shipments" ADD CONSTRAINT "fk_rails_8801cc2b0f" FOREIGN KEY ("courier_id") REFERENCES "staff" ("id") NOT VALID;
ALTER TABLE "shipments" VALIDATE CONSTRAINT "fk_rails_8801cc2b0f";
