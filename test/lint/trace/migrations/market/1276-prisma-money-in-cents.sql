-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
-- classes: -data-loss because each amount is in the new column, in other units
ALTER TABLE "Order" ADD COLUMN "totalCents" INTEGER;
UPDATE "Order" SET "totalCents" = ROUND("total" * 100)::INTEGER;
ALTER TABLE "Order" ALTER COLUMN "totalCents" SET NOT NULL;
ALTER TABLE "Order" DROP COLUMN "total";
