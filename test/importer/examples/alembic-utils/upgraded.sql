CREATE EXTENSION "hstore";

CREATE TYPE "kind" AS ENUM ('new', 'old', 'odd', 'gone');

CREATE FUNCTION "touch"() RETURNS trigger LANGUAGE "plpgsql" AS $limbeck$ BEGIN NEW.name := upper(NEW.name); RETURN NEW; END $limbeck$;

CREATE TABLE "thing" (
  "id" serial PRIMARY KEY,
  "name" text,
  "kind" kind DEFAULT 'new'
);

CREATE TRIGGER "touch_it" BEFORE INSERT OR UPDATE ON "thing" FOR EACH ROW EXECUTE FUNCTION "touch"();

CREATE POLICY "own" ON "thing" FOR SELECT USING ((name = 'a:b'::text));

CREATE FUNCTION "toUpper"("some_text" text, "times" integer DEFAULT 1) RETURNS text LANGUAGE "plpgsql" AS $limbeck$
DECLARE result text := ''; -- 10:30 and a:b
BEGIN
  result := upper(some_text)::text;
  RETURN result || ':x';
END;
$limbeck$;

CREATE VIEW "live" AS SELECT name
   FROM thing;

CREATE MATERIALIZED VIEW "counted" AS SELECT count(*) AS n,
    max(id) AS last
   FROM thing;
-- public.thing (1,ODDLY,odd)
-- public.thing (2,TWO,new)
