-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- AlterTable
ALTER TABLE "shippers" ADD COLUMN     "locale" TEXT NOT NULL DEFAULT 'de',
ADD COLUMN     "updated_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
