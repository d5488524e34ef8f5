CREATE TABLE "t" (
  "id" serial PRIMARY KEY,
  "a" text
);

COMMENT ON COLUMN "t"."a" IS 'a column';

COMMENT ON TABLE "t" IS 'another';
