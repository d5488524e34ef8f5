-- case: a column with a default is added
-- from
CREATE TABLE users (id bigint PRIMARY KEY);
-- to
CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL DEFAULT 'nobody');

-- case: a column gets another type under an index, a check and a view
-- from
CREATE TABLE users (id integer PRIMARY KEY, age integer DEFAULT 0, CONSTRAINT grown CHECK (age > 17));
CREATE INDEX users_age_idx ON users (age);
CREATE VIEW ages AS SELECT age FROM users;
COMMENT ON VIEW ages IS 'how old they are';
-- to
CREATE TABLE users (id integer PRIMARY KEY, age bigint DEFAULT 0, CONSTRAINT grown CHECK (age > 17));
CREATE INDEX users_age_idx ON users (age);
CREATE VIEW ages AS SELECT age FROM users;
COMMENT ON VIEW ages IS 'how old they are';

-- case: a table and a column have other names, and what hangs on them
-- rename: users=people
-- rename: people.mail=email
-- from
CREATE TABLE users (id bigserial PRIMARY KEY, mail text UNIQUE);
CREATE INDEX users_lower_idx ON users (lower(mail));
-- to
CREATE TABLE people (id bigserial PRIMARY KEY, email text UNIQUE);
CREATE INDEX people_lower_idx ON people (lower(email));
