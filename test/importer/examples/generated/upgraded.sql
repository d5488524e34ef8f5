CREATE SEQUENCE "a_y_id_seq" AS integer;

CREATE SEQUENCE "b_y_id_seq" AS integer;

CREATE TABLE "a_x" (
  "id" serial PRIMARY KEY,
  "one" varchar(10),
  "two" varchar(20),
  "tenant" varchar(10)
);

COMMENT ON TABLE "a_x" IS '  R';

CREATE TABLE "ay" (
  "id" integer DEFAULT nextval('a_y_id_seq'::regclass) NOT NULL,
  "one" varchar(10),
  "two" varchar(20),
  "tenant" varchar(10),
  CONSTRAINT "a_y_pkey" PRIMARY KEY ("id")
);

ALTER SEQUENCE "a_y_id_seq" OWNED BY "ay"."id";

CREATE TABLE "b_x" (
  "id" serial PRIMARY KEY,
  "one" varchar(10),
  "two" varchar(20),
  "tenant" varchar(10)
);

CREATE TABLE "by" (
  "id" integer DEFAULT nextval('b_y_id_seq'::regclass) NOT NULL,
  "one" varchar(10),
  "two" varchar(20),
  "tenant" varchar(10),
  CONSTRAINT "b_y_pkey" PRIMARY KEY ("id")
);

ALTER SEQUENCE "b_y_id_seq" OWNED BY "by"."id";

CREATE TABLE "r_begun" ();

CREATE TABLE "r_ended" ();
