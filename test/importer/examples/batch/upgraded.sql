CREATE TABLE "t" (
  "id" serial PRIMARY KEY,
  "a" text NOT NULL,
  "c" integer,
  CONSTRAINT "t_a" UNIQUE ("a"),
  CONSTRAINT "t_c" CHECK (c > 0),
  CONSTRAINT "t_self" FOREIGN KEY ("c") REFERENCES "t" ("id")
);

CREATE INDEX "ix_t_c" ON "t" ("c");
