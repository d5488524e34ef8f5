CREATE TABLE "t" (
  "id" serial PRIMARY KEY,
  "a" varchar,
  "b" integer,
  "c" integer
);

CREATE TABLE "u" (
  "id" serial PRIMARY KEY,
  "x" integer,
  "y" integer
);
