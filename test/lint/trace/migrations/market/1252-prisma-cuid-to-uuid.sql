-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "Review" DROP CONSTRAINT "Review_pkey",
DROP COLUMN "id",
ADD COLUMN     "id" UUID NOT NULL DEFAULT gen_random_uuid(),
ADD CONSTRAINT "Review_pkey" PRIMARY KEY ("id");
