-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
-- AlterEnum
ALTER TYPE "OrderStatus" ADD VALUE 'CANCELLED';
