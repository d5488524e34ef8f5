CREATE TABLE "t" (
  "id" serial PRIMARY KEY,
  "name" varchar,
  "n" integer,
  "data" json
);

CREATE TABLE "u" (
  "id" serial PRIMARY KEY,
  "t_id" integer,
  "label" varchar
);
-- public.t (1,A!,3,null)
-- public.t (2,b!,0,null)
-- public.t (3,none,1,null)
-- public.u (1,1,A!)
-- public.u (2,2,"it's :not")
-- public.u (3,3,100%)
