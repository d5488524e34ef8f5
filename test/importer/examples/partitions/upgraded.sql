CREATE TABLE "base" (
  "a" integer
);

CREATE TABLE "events" (
  "id" integer NOT NULL,
  "at" timestamp NOT NULL,
  CONSTRAINT "events_pkey" PRIMARY KEY ("id", "at")
) PARTITION BY RANGE ("at");

CREATE TABLE "events_2026" PARTITION OF "events" FOR VALUES FROM ('2026-01-01 00:00:00') TO ('2027-01-01 00:00:00');

CREATE TABLE "heir" (
  "b" integer
) INHERITS ("base");

CREATE TABLE "parts" (
  "name" text
) PARTITION BY HASH ((lower(name)));

CREATE UNLOGGED TABLE "quick" (
  "a" integer
);
