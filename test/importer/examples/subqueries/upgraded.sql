CREATE TABLE "a" (
  "id" serial PRIMARY KEY,
  "name" varchar,
  "total" integer,
  "data" jsonb
);

CREATE TABLE "b" (
  "id" serial PRIMARY KEY,
  "a_id" integer,
  "n" integer
);
-- public.a (1,x,30,"[1, ""more""]")
-- public.a (2,y,5,"[""more""]")
-- public.a (3,none,,)
-- public.a (51,,,[1])
-- public.a (510,x,,)
-- public.a (52,,,[])
-- public.a (520,x,,)
-- public.b (1,1,10)
-- public.b (1001,1,0)
-- public.b (1002,1,0)
-- public.b (101,1,2)
-- public.b (102,2,0)
-- public.b (103,3,0)
-- public.b (1101,1,0)
-- public.b (1102,2,0)
-- public.b (1103,3,0)
-- public.b (1104,0,20)
-- public.b (2,1,20)
