CREATE TABLE "a_table_with_a_name_that_is_rather_long" (
  "a_column_with_a_name_that_is_rather_long" integer,
  CONSTRAINT "uq_a_table_with_a_name_that_is_rather_long_a_column_wit_6462" UNIQUE ("a_column_with_a_name_that_is_rather_long")
);

CREATE TABLE "parent" (
  "id" serial,
  "a" integer,
  "b" integer,
  CONSTRAINT "pk_parent" PRIMARY KEY ("id"),
  CONSTRAINT "uq_a_name_that_is_written_out_and_is_longer_than_postgr_6879" UNIQUE ("b"),
  CONSTRAINT "uq_parent_a" UNIQUE ("a"),
  CONSTRAINT "ck_parent_positive" CHECK (a > 0)
);

CREATE INDEX "ix_parent_b" ON "parent" ("b");

CREATE TABLE "child" (
  "id" serial,
  "parent_id" integer,
  "x" integer,
  CONSTRAINT "pk_child_own" PRIMARY KEY ("id"),
  CONSTRAINT "uq_child_id" UNIQUE ("id", "parent_id"),
  CONSTRAINT "uq_child_parent_id" UNIQUE ("parent_id"),
  CONSTRAINT "exact" CHECK (id < 200),
  CONSTRAINT "fk_child_id_parent" FOREIGN KEY ("id") REFERENCES "parent" ("a"),
  CONSTRAINT "fk_child_parent_id_parent" FOREIGN KEY ("parent_id") REFERENCES "parent" ("id"),
  CONSTRAINT "fk_child_x_parent" FOREIGN KEY ("x") REFERENCES "parent" ("id")
);

CREATE INDEX "ix_child_parent_id" ON "child" ("parent_id");
