CREATE SCHEMA "My App";

CREATE SCHEMA "app";

CREATE TYPE "app"."kind" AS ENUM ('x', 'y');

CREATE SEQUENCE "My App"."posts_id_seq" AS integer;

CREATE TABLE "app"."users" (
  "id" serial PRIMARY KEY,
  "email" varchar,
  "kind" app.kind
);

CREATE UNIQUE INDEX "ix_app_users_email" ON "app"."users" ("email");

CREATE TABLE "My App"."Posts" (
  "id" integer DEFAULT nextval('"My App".posts_id_seq'::regclass) NOT NULL,
  "user_id" integer,
  "Title" text,
  CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "posts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app"."users" ("id")
);

ALTER SEQUENCE "My App"."posts_id_seq" OWNED BY "My App"."Posts"."id";

COMMENT ON COLUMN "My App"."Posts"."Title" IS 'its name';

COMMENT ON TABLE "My App"."Posts" IS 'all posts';
