-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "OrderItem" DROP CONSTRAINT "OrderItem_pkey",
ALTER COLUMN "id" SET DATA TYPE BIGINT,
ADD CONSTRAINT "OrderItem_pkey" PRIMARY KEY ("id");
