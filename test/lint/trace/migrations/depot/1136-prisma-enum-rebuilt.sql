-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
-- AlterEnum
BEGIN;
CREATE TYPE "vehicle_kind_new" AS ENUM ('bike', 'van', 'truck', 'trailer');
ALTER TABLE "vehicles" ALTER COLUMN "kind" DROP DEFAULT;
ALTER TABLE "vehicles" ALTER COLUMN "kind" TYPE "vehicle_kind_new" USING ("kind"::text::"vehicle_kind_new");
ALTER TYPE "vehicle_kind" RENAME TO "vehicle_kind_old";
ALTER TYPE "vehicle_kind_new" RENAME TO "vehicle_kind";
DROP TYPE "vehicle_kind_old";
ALTER TABLE "vehicles" ALTER COLUMN "kind" SET DEFAULT 'van';
COMMIT;
