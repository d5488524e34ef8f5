CREATE TABLE "t" (
  "id" serial PRIMARY KEY,
  "name" varchar,
  "data" jsonb,
  "on" boolean,
  "at" date,
  "tags" text[],
  "x" double precision
);
-- public.t (1,it's,"{""a"": [1, null, true]}",t,2026-01-02,"{a,b}",1.5)
-- public.t (2,,null,f,,{},2)
-- public.t (3,"name 3",,,,,)
-- public.t (4,"name 4",,,,,)
-- public.t (5,"name 5",,,,,)
