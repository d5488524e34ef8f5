import fc from 'fast-check'
import { fixed, relation } from './several.ts'
import { maybe, statements, text, word } from './two.ts'

export function sequences() {
  const one = (name: string) =>
    text(
      {
        type: word('', '', 'AS int', 'AS smallint'),
        increment: word('', '', 'INCREMENT 2', 'INCREMENT -1'),
        limits: word('', '', 'MINVALUE -5', 'MAXVALUE 1000', 'MINVALUE 10 START 20'),
        rest: word('', '', 'CYCLE', 'CACHE 5'),
      },
      (its) => `CREATE SEQUENCE ${name} ${its.type} ${its.increment} ${its.limits} ${its.rest}`,
    )
  return statements(maybe(one('q0'), 10), maybe(one('q1')))
}

/** Functions that tables use. */
export function functions() {
  const body = word('SELECT 1', 'SELECT 2', 'SELECT coalesce($1, 1)')
  return statements(
    maybe(
      text(
        {
          parameter: word('int', 'int', 'int', 'a int', 'int DEFAULT 1'),
          result: word('int', 'int', 'int', 'bigint', 'd0'),
          volatility: word('IMMUTABLE', 'IMMUTABLE', 'IMMUTABLE', 'STABLE', 'IMMUTABLE STRICT PARALLEL SAFE'),
          body,
        },
        (its) =>
          `CREATE FUNCTION f0(${its.parameter}) RETURNS ${its.result} LANGUAGE sql ${its.volatility} AS '${its.body}'`,
      ),
      14,
    ),
    maybe(
      text(
        {
          type: fixed(fc.constantFrom('text', 'e0', 'd0', 'c0')),
          result: word('text', 'text', 'boolean', 'varchar'),
          call: word('true', 'false'),
        },
        (its) =>
          `CREATE FUNCTION f1(${its.type}) RETURNS ${its.result} LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN ${its.call}; END$$`,
      ),
    ),
    maybe(
      text(
        { returns: word('NEW', 'NULL', 'OLD') },
        (its) =>
          `CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN ${its.returns}; END$$`,
      ),
      20,
    ),
  )
}

/** Routines that use tables. */
export function laterFunctions() {
  return statements(
    maybe(
      text(
        { of: fixed(fc.constantFrom('t0', 't1', 'p0')), body: word('id', 'count(*)', 'a') },
        (its) => `CREATE FUNCTION g1(x ${its.of}) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1.id::text'`,
      ),
    ),
    maybe(
      text(
        { of: fixed(fc.constantFrom('t0', 't1', 'p0', 'h0')) },
        (its) =>
          `CREATE FUNCTION g2() RETURNS SETOF ${its.of} LANGUAGE sql STABLE AS 'SELECT * FROM ${its.of}'`,
      ),
    ),
    maybe(
      text(
        { of: fixed(relation), column: word('id', 'a', 'b') },
        (its) =>
          `CREATE FUNCTION g3() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT max(${its.column}::text) FROM ${its.of}; END`,
      ),
    ),
    maybe(
      text(
        { columns: word('a int, b text', 'a int', 'a text, b text') },
        (its) => `CREATE FUNCTION g4() RETURNS TABLE (${its.columns}) LANGUAGE plpgsql AS 'BEGIN END'`,
      ),
    ),
    maybe(
      text(
        { argument: word('int', 'text'), body: word('1', '2') },
        (its) => `CREATE PROCEDURE pr(${its.argument}) LANGUAGE sql AS 'SELECT ${its.body}'`,
      ),
    ),
    maybe(
      text(
        { final: word('', "INITCOND = '0',") },
        (its) => `CREATE AGGREGATE total(int) (${its.final} SFUNC = int4pl, STYPE = int)`,
      ),
    ),
  )
}
