-- case: an enum comes
-- from
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');

-- case: a label comes at the end
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');

-- case: a label comes at the beginning
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
-- to
CREATE TYPE mood AS ENUM ('furious', 'sad', 'ok');

-- case: labels come everywhere, several in one place
-- from
CREATE TYPE mood AS ENUM ('b', 'e');
-- to
CREATE TYPE mood AS ENUM ('a', 'aa', 'b', 'c', 'd', 'e', 'f', 'g');

-- case: labels come to an enum without any
-- from
CREATE TYPE mood AS ENUM ();
-- to
CREATE TYPE mood AS ENUM ('a', 'b', 'c');

-- case: labels that need quotes
-- from
CREATE TYPE "Mood Of" AS ENUM ('it''s', 'a b', '');
-- to
CREATE TYPE "Mood Of" AS ENUM ('it''s', 'a\b', 'a b', '', '%', '"', 'Ünï');

-- case: a new label is the default of a column of the same revision
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood NOT NULL DEFAULT 'sad');
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood NOT NULL DEFAULT 'happy');

-- case: a new label is used by a check, an index, a view and a policy of the same revision
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood);
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood, CONSTRAINT not_too CHECK (mood <> 'happy'));
CREATE INDEX people_happy_idx ON people (id) WHERE mood = 'happy';
CREATE VIEW happy AS SELECT id FROM people WHERE mood = 'happy'::mood;
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
CREATE POLICY happy_only ON people USING (mood = 'happy');

-- case: a new label is used by a function with a parsed body
-- since: 14
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy', 'ok');
CREATE FUNCTION best() RETURNS mood LANGUAGE sql IMMUTABLE RETURN 'happy'::mood;

-- case: a label goes that no row has
-- rows: INSERT INTO people VALUES (1, 'sad'), (2, 'ok')
-- same: SELECT id, mood::text FROM people ORDER BY id
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood);
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood);

-- case: labels change places under a default, an index and an array
-- rows: INSERT INTO people VALUES (1, 'sad', '{happy,sad}'), (2, 'ok', '{}'), (3, NULL, NULL)
-- same: SELECT id, mood::text, moods::text FROM people ORDER BY id
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'ok', moods mood[] DEFAULT '{sad}');
CREATE INDEX people_mood_idx ON people (mood);
-- to
CREATE TYPE mood AS ENUM ('happy', 'sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'ok', moods mood[] DEFAULT '{sad}');
CREATE INDEX people_mood_idx ON people (mood);

-- case: a label goes under a view, a materialized view with an index, a check, a partial index, a policy and a trigger
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'ok', CONSTRAINT c CHECK (mood <> 'ok'));
CREATE INDEX p_idx ON people (id) WHERE mood = 'sad';
CREATE VIEW v AS SELECT id, mood FROM people WHERE mood = 'sad';
COMMENT ON VIEW v IS 'v';
CREATE VIEW w AS SELECT * FROM v;
GRANT SELECT ON w TO pg_monitor;
CREATE MATERIALIZED VIEW m AS SELECT id, mood FROM v;
CREATE UNIQUE INDEX m_idx ON m (id);
COMMENT ON INDEX m_idx IS 'of m';
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON people USING (mood = 'sad');
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE INSERT ON people FOR EACH ROW WHEN (NEW.mood = 'sad') EXECUTE FUNCTION f();
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'ok', CONSTRAINT c CHECK (mood <> 'ok'));
CREATE INDEX p_idx ON people (id) WHERE mood = 'sad';
CREATE VIEW v AS SELECT id, mood FROM people WHERE mood = 'sad';
COMMENT ON VIEW v IS 'v';
CREATE VIEW w AS SELECT * FROM v;
GRANT SELECT ON w TO pg_monitor;
CREATE MATERIALIZED VIEW m AS SELECT id, mood FROM v;
CREATE UNIQUE INDEX m_idx ON m (id);
COMMENT ON INDEX m_idx IS 'of m';
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON people USING (mood = 'sad');
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE INSERT ON people FOR EACH ROW WHEN (NEW.mood = 'sad') EXECUTE FUNCTION f();

-- case: a label goes that the default was, which is another now
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'happy');
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'ok');

-- case: a label goes that a check, a view and an index named, which go with it
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood, CONSTRAINT c CHECK (mood <> 'happy'));
CREATE INDEX happy_idx ON people (id) WHERE mood = 'happy';
CREATE VIEW happy AS SELECT id FROM people WHERE mood = 'happy';
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood);

-- case: a label goes that a view named, which names another now
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood);
CREATE VIEW best AS SELECT id FROM people WHERE mood = 'happy';
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood);
CREATE VIEW best AS SELECT id FROM people WHERE mood = 'ok';

-- case: one label goes and another comes
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood);
-- to
CREATE TYPE mood AS ENUM ('sad', 'fine', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood);

-- case: a label goes under functions that take and give the type
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE FUNCTION better(m mood DEFAULT 'sad') RETURNS mood LANGUAGE sql IMMUTABLE AS $$SELECT 'ok'::mood$$;
COMMENT ON FUNCTION better(mood) IS 'than before';
CREATE FUNCTION all_of(VARIADIC m mood[]) RETURNS SETOF mood LANGUAGE sql AS $$SELECT unnest(m)$$;
CREATE PROCEDURE cheer(INOUT m mood) LANGUAGE plpgsql AS $$BEGIN END$$;
-- to
CREATE TYPE mood AS ENUM ('ok', 'sad');
CREATE FUNCTION better(m mood DEFAULT 'sad') RETURNS mood LANGUAGE sql IMMUTABLE AS $$SELECT 'ok'::mood$$;
COMMENT ON FUNCTION better(mood) IS 'than before';
CREATE FUNCTION all_of(VARIADIC m mood[]) RETURNS SETOF mood LANGUAGE sql AS $$SELECT unnest(m)$$;
CREATE PROCEDURE cheer(INOUT m mood) LANGUAGE plpgsql AS $$BEGIN END$$;

-- case: a label goes of a type with an owner, a comment and privileges
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
ALTER TYPE mood OWNER TO pg_monitor;
COMMENT ON TYPE mood IS 'how they are';
REVOKE USAGE ON TYPE mood FROM PUBLIC;
GRANT USAGE ON TYPE mood TO pg_read_all_settings WITH GRANT OPTION;
CREATE TABLE people (id int PRIMARY KEY, mood mood);
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood OWNER TO pg_monitor;
COMMENT ON TYPE mood IS 'how they are';
REVOKE USAGE ON TYPE mood FROM PUBLIC;
GRANT USAGE ON TYPE mood TO pg_read_all_settings WITH GRANT OPTION;
CREATE TABLE people (id int PRIMARY KEY, mood mood);

-- case: an enum goes, and its column is text
-- rows: INSERT INTO people VALUES (1, 'sad'), (2, 'ok')
-- same: SELECT id, mood::text FROM people ORDER BY id
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'ok');
-- to
CREATE TABLE people (id int PRIMARY KEY, mood text DEFAULT 'ok');

-- case: a text column is an enum
-- rows: INSERT INTO people VALUES (1, 'sad'), (2, 'ok')
-- same: SELECT id, mood::text FROM people ORDER BY id
-- from
CREATE TABLE people (id int PRIMARY KEY, mood text NOT NULL DEFAULT 'ok');
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood NOT NULL DEFAULT 'ok');

-- case: an array of an enum is one of text
-- rows: INSERT INTO people VALUES (1, '{sad,ok}'), (2, '{}')
-- same: SELECT id, moods::text FROM people ORDER BY id
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, moods mood[] NOT NULL DEFAULT '{ok}'::mood[]);
-- to
CREATE TABLE people (id int PRIMARY KEY, moods text[] NOT NULL DEFAULT '{ok}'::text[]);

-- case: two enums of one name in two schemas change, each in its way
-- from
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TYPE a.mood AS ENUM ('sad', 'ok');
CREATE TYPE b.mood AS ENUM ('sad', 'ok');
CREATE TABLE a.t (m a.mood DEFAULT 'ok', n b.mood DEFAULT 'ok');
-- to
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TYPE a.mood AS ENUM ('ok', 'sad');
CREATE TYPE b.mood AS ENUM ('very', 'sad', 'ok');
CREATE TABLE a.t (m a.mood DEFAULT 'ok', n b.mood DEFAULT 'very');

-- case: an enum under a domain, a composite type and a range loses a label
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN good AS mood CHECK (VALUE <> 'sad');
CREATE TYPE pair AS (a mood, b text);
CREATE TYPE moods AS RANGE (SUBTYPE = mood);
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN good AS mood CHECK (VALUE <> 'sad');
CREATE TYPE pair AS (a mood, b text);
CREATE TYPE moods AS RANGE (SUBTYPE = mood);

-- case: an enum has another name
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'ok');
CREATE FUNCTION f(mood) RETURNS int LANGUAGE sql AS 'SELECT 1';
COMMENT ON TYPE mood IS 'how';
-- to
CREATE TYPE feeling AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood feeling DEFAULT 'ok');
CREATE FUNCTION f(feeling) RETURNS int LANGUAGE sql AS 'SELECT 1';
COMMENT ON TYPE feeling IS 'how';

-- case: an enum is in another schema
-- from
CREATE SCHEMA app;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'ok');
-- to
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood app.mood DEFAULT 'ok');

-- case: an enum's comment and owner alone change
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
COMMENT ON TYPE mood IS 'one';
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
COMMENT ON TYPE mood IS 'another';
ALTER TYPE mood OWNER TO pg_monitor;

-- case: labels change places under a generated column and a table of the type's columns
-- since: 14
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood, fine boolean GENERATED ALWAYS AS (mood > 'sad') STORED);
-- to
CREATE TYPE mood AS ENUM ('happy', 'sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood, fine boolean GENERATED ALWAYS AS (mood > 'sad') STORED);

-- case: a label goes under an aggregate, an operator and a cast
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE FUNCTION step(mood, mood) RETURNS mood LANGUAGE sql IMMUTABLE AS 'SELECT greatest($1, $2)';
CREATE AGGREGATE best(mood) (SFUNC = step, STYPE = mood, INITCOND = 'sad');
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE FUNCTION step(mood, mood) RETURNS mood LANGUAGE sql IMMUTABLE AS 'SELECT greatest($1, $2)';
CREATE AGGREGATE best(mood) (SFUNC = step, STYPE = mood, INITCOND = 'sad');

-- case: a label goes and a column of the type comes
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY);
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'ok');

-- case: a label goes and a column of the type goes
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'happy', other mood);
CREATE INDEX people_mood_idx ON people (mood);
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE people (id int PRIMARY KEY, other mood);

-- case: an enum and the table that alone used it go
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'happy');
CREATE VIEW v AS SELECT mood FROM people;
-- to
