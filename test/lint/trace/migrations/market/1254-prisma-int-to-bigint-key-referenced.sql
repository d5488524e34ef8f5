-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "OrderItem" DROP CONSTRAINT "OrderItem_orderId_fkey";
ALTER TABLE "Order" ALTER COLUMN "id" SET DATA TYPE BIGINT;
ALTER TABLE "OrderItem" ALTER COLUMN "orderId" SET DATA TYPE BIGINT;
ALTER TABLE "OrderItem" ADD CONSTRAINT "OrderItem_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;
