-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
CREATE TYPE "public"."enum_Order_channel" AS ENUM('web', 'app');
ALTER TABLE "public"."Order" ADD COLUMN "channel" "public"."enum_Order_channel" DEFAULT 'web';
