-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE TABLE "depot_photos" ("depot_id" bigint NOT NULL, "url" text NOT NULL);
ALTER TABLE "depot_photos" ADD PRIMARY KEY ("depot_id", "url");
ALTER TABLE "depot_photos" ADD COLUMN "taken_at" timestamptz NOT NULL;
CREATE INDEX "depot_photos_taken" ON "depot_photos" ("taken_at");
