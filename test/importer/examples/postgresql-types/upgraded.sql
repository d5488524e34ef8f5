CREATE TYPE "letters" AS ENUM ('x', 'y');

CREATE TABLE "everything" (
  "a" uuid,
  "b" jsonb,
  "c" inet,
  "d" cidr,
  "e" macaddr,
  "f" tsvector,
  "g" varchar(5)[],
  "h" uuid[],
  "i" timestamptz(3),
  "j" time(0),
  "k" interval day to second(2),
  "l" bit(4),
  "m" varbit,
  "n" bytea,
  "o" double precision,
  "p" oid,
  "q" money,
  "r" int4range,
  "s" tstzrange,
  "t" letters,
  "u" daterange,
  "v" regclass
);
