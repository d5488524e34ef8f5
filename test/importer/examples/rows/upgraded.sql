CREATE TABLE "t" (
  "id" serial PRIMARY KEY,
  "name" varchar,
  "n" integer,
  "data" jsonb
);

CREATE TABLE "u" (
  "t_id" integer,
  "word" varchar
);
-- public.t (1,"a b",3,"{""k"": ""v""}")
-- public.t (2,c,,)
-- public.t (3,,7,"{""k"": true}")
-- public.t (4,"",1,{})
-- public.u (0,"more than two")
-- public.u (1,A)
-- public.u (1,B)
-- public.u (1,bulk)
-- public.u (1,v)
-- public.u (10,3)
-- public.u (2,C)
-- public.u (3,bulk)
-- public.u (4,bulk)
-- public.u (9,"k=v,k=True,empty")
