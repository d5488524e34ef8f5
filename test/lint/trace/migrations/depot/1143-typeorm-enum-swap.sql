-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TYPE "public"."payout_state" RENAME TO "payout_state_old";
CREATE TYPE "public"."payout_state" AS ENUM('open', 'approved', 'paid', 'failed');
ALTER TABLE "payouts" ALTER COLUMN "state" DROP DEFAULT;
ALTER TABLE "payouts" ALTER COLUMN "state" TYPE "public"."payout_state" USING "state"::"text"::"public"."payout_state";
ALTER TABLE "payouts" ALTER COLUMN "state" SET DEFAULT 'open';
DROP TYPE "public"."payout_state_old";
