-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE TABLE "depots_regions_tmp" ("depot_id" bigint NOT NULL, "region_code" varchar NOT NULL);
INSERT INTO "depots_regions_tmp" SELECT id, region_code FROM "depots" WHERE region_code IS NOT NULL;
DROP TABLE "depots_regions_tmp";
