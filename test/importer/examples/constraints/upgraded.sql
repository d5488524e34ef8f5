CREATE TABLE "parent" (
  "id" serial PRIMARY KEY,
  "code" varchar(5) NOT NULL,
  "x" integer,
  "y" integer,
  CONSTRAINT "parent_code_key" UNIQUE ("code"),
  CONSTRAINT "parent_xy" UNIQUE ("x", "y"),
  CONSTRAINT "parent_y_key" UNIQUE ("y") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "parent_code_check" CHECK ((code)::text <> ''::text),
  CONSTRAINT "parent_y_check" CHECK (y > 0)
);

CREATE TABLE "child" (
  "id" serial,
  "parent_id" integer NOT NULL,
  "code" varchar(5),
  "x" integer,
  "y" integer,
  CONSTRAINT "child_key" PRIMARY KEY ("id"),
  CONSTRAINT "child_x" UNIQUE ("x"),
  CONSTRAINT "child_y_key" UNIQUE ("y"),
  CONSTRAINT "child_positive" CHECK (x > 0),
  CONSTRAINT "child_y" CHECK (y > 0),
  CONSTRAINT "child_code" FOREIGN KEY ("code") REFERENCES "parent" ("code") ON UPDATE CASCADE,
  CONSTRAINT "child_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "parent" ("id") ON DELETE CASCADE,
  CONSTRAINT "child_x_fkey" FOREIGN KEY ("x") REFERENCES "parent" ("id"),
  CONSTRAINT "child_xy" FOREIGN KEY ("x", "y") REFERENCES "parent" ("x", "y") MATCH FULL DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "child_y_fkey" FOREIGN KEY ("y") REFERENCES "parent" ("id") ON DELETE SET NULL
);

CREATE TABLE "keyless" (
  "a" integer NOT NULL,
  "b" integer NOT NULL,
  CONSTRAINT "keyless_key" PRIMARY KEY ("a", "b")
);
