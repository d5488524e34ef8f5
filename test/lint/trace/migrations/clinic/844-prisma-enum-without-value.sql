-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- AlterEnum
BEGIN;
CREATE TYPE "sex_new" AS ENUM ('female', 'male', 'unknown');
ALTER TABLE "patients" ALTER COLUMN "sex" DROP DEFAULT;
ALTER TABLE "patients" ALTER COLUMN "sex" TYPE "sex_new" USING ("sex"::text::"sex_new");
ALTER TYPE "sex" RENAME TO "sex_old";
ALTER TYPE "sex_new" RENAME TO "sex";
DROP TYPE "sex_old";
ALTER TABLE "patients" ALTER COLUMN "sex" SET DEFAULT 'unknown';
COMMIT;
