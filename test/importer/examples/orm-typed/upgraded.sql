CREATE SCHEMA "trade";

CREATE TABLE "log" (
  "word" text
);

CREATE TABLE "trade"."shop" (
  "id" serial PRIMARY KEY,
  "name" text NOT NULL,
  "city" text,
  "tags" text[]
);

CREATE TABLE "trade"."item" (
  "id" serial PRIMARY KEY,
  "name" text NOT NULL,
  "shop_id" integer,
  "cents" integer DEFAULT 100,
  "more" jsonb,
  CONSTRAINT "item_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "trade"."shop" ("id")
);
-- public.log ("3 left")
-- public.log ("one in nowhere")
-- public.log ("one: one cheap")
-- public.log ("one: one dear")
-- public.log ("two in here")
-- public.log ("two: two cheap")
-- public.log ("two: two dear")
-- trade.item (1,"one cheap",1,100,)
-- trade.item (2,"one dear",1,1800,"{""doubled"": true}")
-- trade.item (3,"two cheap",2,7,)
-- trade.item (5,saved,1,100,)
-- trade.shop (1,one,there,"{a,one}")
-- trade.shop (2,two,here,{})
-- trade.shop (3,three,bulk,{})
-- trade.shop (4,four,bulk,{})
-- trade.shop (5,begun,,{})
