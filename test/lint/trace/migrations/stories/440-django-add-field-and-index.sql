-- title: sqlmigrate of one migration with three operations
BEGIN;
--
-- Add field archived to document
--
ALTER TABLE "docs" ADD COLUMN "archived" boolean DEFAULT false NOT NULL;
ALTER TABLE "docs" ALTER COLUMN "archived" DROP DEFAULT;
--
-- Create index docs_archived_idx on field(s) archived of model document
--
CREATE INDEX "docs_archived_idx" ON "docs" ("archived");
COMMIT;
