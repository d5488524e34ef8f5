CREATE TYPE "colour" AS ENUM ('red', 'it''s');

CREATE TYPE "kind" AS ENUM ('x', 'y', 'z');

CREATE TYPE "letter" AS ENUM ('p', 'q');

CREATE TYPE "mood" AS ENUM ('sad', 'ok');

CREATE TYPE "size" AS ENUM ('s', 'm');

CREATE TABLE "a" (
  "id" serial PRIMARY KEY,
  "kind" kind DEFAULT 'x' NOT NULL,
  "size" size,
  "colour" colour DEFAULT 'red'
);

CREATE TABLE "b" (
  "id" serial PRIMARY KEY,
  "kind" kind
);

CREATE TABLE "c" (
  "kind" kind
);

CREATE TABLE "d" (
  "mood" mood,
  "text" varchar(2),
  "checked" varchar(2),
  CONSTRAINT "ck_checked" CHECK ((checked)::text = ANY (ARRAY[('aa'::character varying)::text, ('b'::character varying)::text]))
);

CREATE TABLE "e" (
  "list" letter[]
);
