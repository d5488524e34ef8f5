CREATE TABLE "alpha" (
  "id" serial PRIMARY KEY,
  "one" varchar(5),
  "two" varchar(7),
  "created_at" timestamp,
  "extra" varchar DEFAULT 'x' NOT NULL
);

CREATE INDEX "ix_alpha_one" ON "alpha" ("one");

CREATE TABLE "beta" (
  "id" serial PRIMARY KEY,
  "three" varchar(10),
  "created_at" timestamp
);

CREATE INDEX "ix_beta_three" ON "beta" ("three");

CREATE TABLE "tried" (
  "a" integer
);
-- public.alpha (1,001,x,,1)
-- public.alpha (2,003,xxx,,3)
