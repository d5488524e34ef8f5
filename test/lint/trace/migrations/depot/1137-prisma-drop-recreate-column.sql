-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- Warnings: You are about to drop the column `tags` on the `shippers` table.
-- AlterTable
ALTER TABLE "shippers" DROP COLUMN "tags",
ADD COLUMN     "tags" JSONB NOT NULL DEFAULT '[]';
