CREATE TYPE "kind" AS ENUM ('NEW', 'OLD');

CREATE TYPE "word" AS ENUM ('yes', 'no');

CREATE TABLE "p" (
  "id" serial PRIMARY KEY
);

CREATE TABLE "t" (
  "id" serial PRIMARY KEY,
  "kind" kind,
  "word" word,
  "text" text,
  "p_id" integer
);

CREATE INDEX "t_text" ON "t" ("text");
-- public.t (1,NEW,yes,no,)
-- public.t (1000,,,counted,)
-- public.t (1002,,,counted,)
-- public.t (1004,,,counted,)
-- public.t (1006,,,counted,)
-- public.t (1008,,,counted,)
-- public.t (103,,,rest,)
-- public.t (11,,,yes,)
-- public.t (2,OLD,no,yes,)
-- public.t (3,,,yes,)
-- public.t (5103,,,"one by one",)
-- public.t (7001,,,3,)
-- public.t (7011,,,3,)
-- public.t (9001,,,other,)
-- public.t (9002,,,other,)
