CREATE TABLE "online" (
  "a" integer
);

CREATE TABLE "pg" (
  "a" jsonb
);

CREATE TABLE "t" (
  "a" jsonb
);
