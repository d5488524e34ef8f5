CREATE TABLE "t" (
  "id" serial PRIMARY KEY,
  "a" varchar,
  "b" varchar,
  "c" jsonb,
  "d" timestamp,
  "E" integer
);

CREATE INDEX "ix_t_a" ON "t" ("a");

CREATE UNIQUE INDEX "ix_t_b" ON "t" ("b");

CREATE INDEX "ix_t_d" ON "t" ("d");

CREATE INDEX "t_a_b" ON "t" ("a", "b");

CREATE UNIQUE INDEX "t_coalesce" ON "t" ("a", (COALESCE(b, ''::character varying)));

CREATE INDEX "t_desc" ON "t" ("a", "d" DESC NULLS LAST);

CREATE INDEX "t_expr_where" ON "t" ("a") WHERE (b)::text = 'x'::text;

CREATE INDEX "t_func" ON "t" ((lower((a)::text)), "b");

CREATE INDEX "t_gin" ON "t" USING "gin" ("c");

CREATE INDEX "t_include" ON "t" ("a") INCLUDE ("b") WITH ("fillfactor" = 50);

CREATE INDEX "t_inline" ON "t" ("a", "b");

CREATE INDEX "t_json" ON "t" (((c ->> 'x'::text)));

CREATE INDEX "t_lower" ON "t" ((lower((a)::text)));

CREATE INDEX "t_ops" ON "t" ("a" "varchar_pattern_ops");

CREATE INDEX "t_path" ON "t" USING "gin" ("c" "jsonb_path_ops");

CREATE UNIQUE INDEX "t_u" ON "t" ("a");

CREATE INDEX "t_upper" ON "t" ("E");

CREATE INDEX "t_where" ON "t" ("a") WHERE (b IS NOT NULL) AND ((a)::text <> 'x'::text);
