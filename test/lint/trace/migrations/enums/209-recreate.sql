-- title: As Prisma removes a value
-- AlterEnum
BEGIN;
CREATE TYPE "user_status_new" AS ENUM ('active', 'deleted');
ALTER TABLE "users" ALTER COLUMN "status" DROP DEFAULT;
DROP VIEW active_users;
ALTER TABLE "users" ALTER COLUMN "status" TYPE "user_status_new" USING ("status"::text::"user_status_new");
ALTER TYPE "user_status" RENAME TO "user_status_old";
ALTER TYPE "user_status_new" RENAME TO "user_status";
DROP TYPE "user_status_old";
ALTER TABLE "users" ALTER COLUMN "status" SET DEFAULT 'active';
CREATE VIEW active_users AS SELECT id, email, name, status FROM users WHERE deleted_at IS NULL;
COMMIT;
