CREATE TABLE "said" (
  "id" serial PRIMARY KEY,
  "word" text
);

CREATE TABLE "t" (
  "id" serial PRIMARY KEY,
  "n" bigint,
  "tags" text[],
  "done" boolean DEFAULT FALSE NOT NULL
);
-- public.said (1,"changed 5")
-- public.said (10,off)
-- public.said (11,1=1)
-- public.said (12,2=2)
-- public.said (13,3=3)
-- public.said (14,25)
-- public.said (2,"first: 3 rounds")
-- public.said (3,"second: 3 rounds")
-- public.said (4,"nothing is 0")
-- public.said (5,"1: odd 2 a")
-- public.said (6,"3: odd 6 a")
-- public.said (7,"total 6")
-- public.said (8,"1 of 1")
-- public.said (9,"2 of 2")
-- public.t (1,1,"{a,1,a,2,a,3}",f)
-- public.t (10,10,"{a,10}",f)
-- public.t (11,11,"{a,11}",f)
-- public.t (12,12,"{a,12}",f)
-- public.t (13,13,"{a,13}",f)
-- public.t (14,14,"{a,14}",f)
-- public.t (15,15,"{a,15}",f)
-- public.t (16,16,"{a,16}",f)
-- public.t (17,17,"{a,17}",f)
-- public.t (18,18,"{a,18}",f)
-- public.t (19,19,"{a,19}",f)
-- public.t (2,2,"{a,2}",f)
-- public.t (20,20,"{a,20}",f)
-- public.t (21,22,"{a,21}",f)
-- public.t (22,23,"{a,22}",f)
-- public.t (23,24,"{a,23}",f)
-- public.t (24,25,"{a,24}",f)
-- public.t (25,26,"{a,25}",f)
-- public.t (3,3,"{a,3}",f)
-- public.t (4,4,"{a,4}",f)
-- public.t (5,5,"{a,5}",f)
-- public.t (6,6,"{a,6}",f)
-- public.t (7,7,"{a,7}",f)
-- public.t (8,8,"{a,8}",f)
-- public.t (9,9,"{a,9}",f)
