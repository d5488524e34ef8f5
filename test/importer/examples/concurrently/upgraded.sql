CREATE TABLE "t" (
  "a" integer
);

CREATE INDEX "t_a" ON "t" ("a");

CREATE INDEX "t_a2" ON "t" ("a");

CREATE UNIQUE INDEX "t_a3" ON "t" ("a");
