-- schema: desk.sql
-- rows: desk-rows.sql
BEGIN;
CREATE INDEX "labels_name_like" ON "labels" ("name" varchar_pattern_ops);
COMMIT;
