CREATE FUNCTION "f"() RETURNS trigger LANGUAGE "plpgsql" AS $limbeck$
        BEGIN
            NEW.a := NEW.a || '!';
            RETURN NEW;
        END;
        $limbeck$;

CREATE TABLE "t" (
  "a" text,
  "b" time
);

CREATE TRIGGER "f" BEFORE UPDATE ON "t" FOR EACH ROW EXECUTE FUNCTION "f"();
-- public.t ("it's 100% :y",12:30:00)
-- public.t (:x,01:02:03)
-- public.t (o'clock,10:00:00)
-- public.t (one,11:00:00)
-- public.t (one,11:00:00)
-- public.t (two,)
-- public.t (x,)
