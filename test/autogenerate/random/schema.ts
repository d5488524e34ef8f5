import fc from 'fast-check'
import { columnNames, table } from './tables.ts'
import { maybe, property, statements, type Two, text, word } from './two.ts'
import { ownTypes } from './types.ts'

/** Two schemas as the statements that make them. What PostgreSQL refuses of these is left out by who runs them. */
export const twoSchemas: fc.Arbitrary<Two<readonly string[]>> = fc.nat(3).chain((size) => {
  void size
  return statements(
    maybe(word('CREATE SCHEMA "S 1"'), 40),
    ownTypes,
    sequences(),
    functions(),
    table('t0', 40),
    table('t1', 20),
    table('"S 1"."Order"', 6),
    partitioned(),
    family(),
    laterFunctions(),
    views(),
    many(3, fallback),
    many(2, ownership),
    many(4, constraint),
    many(3, foreignKey),
    many(4, index),
    many(2, statisticsOf),
    many(3, trigger),
    many(3, policy),
    many(2, rule),
    many(3, comment),
    many(2, property2),
    many(2, privilege),
    many(1, publication),
  )
})

type Several = (at: number) => fc.Arbitrary<Two<string>>

/** So many objects of a sort, each of which may be there. */
function many(count: number, one: Several) {
  return statements(...Array.from({ length: count }, (_, at) => maybe(one(at), 4)))
}

const relations = [
  't0',
  't0',
  't0',
  't1',
  't1',
  '"S 1"."Order"',
  'p0',
  'p0',
  'p0a',
  'p0b',
  'h0',
  'h1',
] as const
const relation = fc.constantFrom(...relations)
const columnName = fc.constantFrom(...columnNames)
const numbered = fc.constantFrom('id', 'id', ...columnNames)

/** Which object it is of stays: another would be another object. */
const fixed = <Value>(values: fc.Arbitrary<Value>) => property(values, 25)

function sequences() {
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

function functions() {
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

function laterFunctions() {
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

/** A partitioned table, its partitions, one of which is partitioned itself, and a default one. */
function partitioned() {
  const by = fixed(
    fc.constantFrom('LIST (id)', 'LIST (id)', 'RANGE (id)', 'HASH (id)', 'RANGE (id, k)', 'LIST ((id + 1))'),
  )
  return fc
    .tuple(by, partitions(), table('p0', 100, 'p0'))
    .map(([by, parts, [before, after]]): Two<readonly string[]> => {
      const sideOf = (columns: readonly string[], at: 0 | 1) => {
        if (columns.length === 0) return []
        const strategy = by[at].split(' ')[0] ?? ''
        return [
          `CREATE TABLE p0 (id int, k int) PARTITION BY ${by[at]}`,
          ...parts[at].early.map((part) => bounded(part, strategy)),
          ...columns.slice(1),
          ...parts[at].late.map((part) => bounded(part, strategy)),
        ]
      }
      return [sideOf(before, 0), sideOf(after, 1)]
    })
}

type Bound = { readonly LIST: string; readonly RANGE: string; readonly HASH: string }
const bounds: { readonly [at: string]: Bound } = {
  one: {
    LIST: 'FOR VALUES IN (1, 2)',
    RANGE: 'FOR VALUES FROM (1) TO (10)',
    HASH: 'FOR VALUES WITH (MODULUS 4, REMAINDER 0)',
  },
  two: {
    LIST: 'FOR VALUES IN (3, NULL)',
    RANGE: 'FOR VALUES FROM (10) TO (20)',
    HASH: 'FOR VALUES WITH (MODULUS 4, REMAINDER 1)',
  },
  three: {
    LIST: 'FOR VALUES IN (7)',
    RANGE: 'FOR VALUES FROM (20) TO (MAXVALUE)',
    HASH: 'FOR VALUES WITH (MODULUS 4, REMAINDER 2)',
  },
  rest: { LIST: 'DEFAULT', RANGE: 'DEFAULT', HASH: 'FOR VALUES WITH (MODULUS 4, REMAINDER 3)' },
}

function bounded(statement: string, strategy: string): string {
  return statement.replace(/<(\w+)>/, (_, at: string) => bounds[at]?.[strategy as keyof Bound] ?? '')
}

function partitions() {
  const part = (name: string, bound: fc.Arbitrary<Two<string>>, own: readonly string[]) =>
    fc
      .tuple(bound, property(fc.constantFrom(...own), 8), property(fc.boolean(), 25))
      .map(([bounds, by, attached]): Two<readonly string[]> => {
        const sideOf = (at: 0 | 1) =>
          attached[at]
            ? [
                `CREATE TABLE ${name} (LIKE p0) ${by[at]}`,
                `ALTER TABLE p0 ATTACH PARTITION ${name} <${bounds[at]}>`,
              ]
            : [`CREATE TABLE ${name} PARTITION OF p0 <${bounds[at]}> ${by[at]}`]
        return [sideOf(0), sideOf(1)]
      })
  const early = statements(
    maybe(part('p0a', word('one', 'one', 'two'), ['']), 12),
    maybe(
      part('p0b', word('three', 'three', 'two'), ['', '', 'PARTITION BY LIST (k)', 'PARTITION BY RANGE (k)']),
      12,
    ),
    maybe(word('CREATE TABLE p0ba PARTITION OF p0b DEFAULT'), 12),
  )
  const late = statements(
    maybe(part('p0c', word('two', 'rest'), ['']), 6),
    maybe(part('p0d', word('rest'), ['']), 6),
  )
  return fc.tuple(early, late).map(
    ([[earlyBefore, earlyAfter], [lateBefore, lateAfter]]) =>
      [
        { early: earlyBefore, late: lateBefore },
        { early: earlyAfter, late: lateAfter },
      ] as const,
  )
}

/** A table and what inherits of it. */
function family() {
  return statements(
    table('h0', 12),
    maybe(
      word(
        'CREATE TABLE h1 (own int) INHERITS (h0)',
        'CREATE TABLE h1 (own int)',
        'CREATE TABLE h1 (own int, a text) INHERITS (h0)',
        'CREATE TABLE h1 (own int) INHERITS (h0, t1)',
      ),
      12,
    ),
    maybe(word('CREATE TABLE h2 () INHERITS (h1)', 'CREATE TABLE h2 () INHERITS (h0)')),
    many(3, () =>
      text(
        {
          of: fixed(fc.constantFrom('h1', 'h2', 'p0a', 'p0b')),
          column: fixed(fc.constantFrom('id', 'a', 'b', 'own')),
          what: word('SET NOT NULL', `SET DEFAULT '1'`, 'SET STATISTICS 7'),
        },
        (its) => `ALTER TABLE ${its.of} ALTER ${its.column} ${its.what}`,
      ),
    ),
  )
}

function views() {
  const query = text(
    {
      from: fixed(fc.constantFrom('t0', 't0', 't1', '"S 1"."Order"', 'p0', 'h0', 'v0', 'v1', 'm0')),
      columns: word(
        '*',
        '*',
        'id',
        'id, a',
        'id, b',
        'a AS id',
        'b, id',
        'x.id, x AS whole',
        'count(*) AS n',
        'f0(id) AS n, id',
        'id, a::text AS a',
      ),
      where: word(
        '',
        '',
        '',
        ' WHERE a IS NOT NULL',
        ' WHERE id > 0',
        ' WHERE id IN (SELECT id FROM t1)',
        ' WHERE EXISTS (SELECT FROM t0 WHERE t0 = t0)',
      ),
    },
    (its) => `SELECT ${its.columns} FROM ${its.from} x${its.where}`,
  )
  const view = (name: string) =>
    text(
      {
        query,
        how: word('VIEW', 'VIEW', 'VIEW', 'MATERIALIZED VIEW'),
        options: word('', '', ' WITH (security_barrier)'),
      },
      (its) => `CREATE ${its.how} ${name}${its.how === 'VIEW' ? its.options : ''} AS ${its.query}`,
    )
  return statements(
    maybe(view('v0'), 12),
    maybe(view('v1'), 8),
    maybe(view('v2'), 6),
    maybe(
      text(
        { query, data: word('', ' WITH NO DATA') },
        (its) => `CREATE MATERIALIZED VIEW m0 AS ${its.query}${its.data}`,
      ),
      6,
    ),
    maybe(view('"S 1".v3'), 4),
    maybe(text({ on: word('id', 'a') }, (its) => `CREATE INDEX m0_idx ON m0 (${its.on})`)),
    maybe(text({ on: word('id', 'a') }, (its) => `CREATE UNIQUE INDEX v0_idx ON v0 (${its.on})`)),
  )
}

const fallback: Several = () =>
  text(
    {
      of: fixed(relation),
      column: fixed(numbered),
      value: word(`'1'`, `'a'`, 'f0(1)', `nextval('q0')`, 'NULL', 'now()', `current_user`),
    },
    (its) => `ALTER TABLE ${its.of} ALTER ${its.column} SET DEFAULT ${its.value}`,
  )

const ownership: Several = (at) =>
  text(
    { of: fixed(relation), column: word('id', 'a', 'b') },
    (its) => `ALTER SEQUENCE q${at} OWNED BY ${its.of}.${its.column}`,
  )

const constraint: Several = (at) =>
  text(
    {
      of: fixed(relation),
      name: property(fc.constantFrom(`k${at}`, `"K ${at}"`), 25),
      column: fixed(numbered),
      other: fixed(numbered),
      what: word('p', 'p', 'u', 'u', 'ud', 'ui', 'c', 'c', 'cn', 'cv', 'cf', 'x', 'ct'),
    },
    ({ of, name, column, other, what }) => {
      const forms = {
        p: `PRIMARY KEY (${column})`,
        u: `UNIQUE (${column}, ${other})`,
        ud: `UNIQUE (${column}) DEFERRABLE INITIALLY DEFERRED`,
        ui: `UNIQUE (${column}) INCLUDE (${other}) WITH (fillfactor = 70)`,
        c: `CHECK (${column} IS NOT NULL OR ${other} IS NULL)`,
        cn: `CHECK (${column} IS NOT NULL) NO INHERIT`,
        cv: `CHECK (${column} IS NOT NULL) NOT VALID`,
        cf: `CHECK (f0(${column}) > 0)`,
        ct: `CHECK (${column}::text IN ('a', 'b'))`,
        x: `EXCLUDE USING btree (${column} WITH =)`,
      }
      return `ALTER TABLE ${of} ADD CONSTRAINT ${name} ${forms[what]}`
    },
  )

const foreignKey: Several = (at) =>
  text(
    {
      of: fixed(relation),
      to: fixed(relation),
      column: fixed(numbered),
      other: fixed(fc.constantFrom('id', 'id', 'id', 'a')),
      action: word('', '', 'ON DELETE CASCADE', 'ON DELETE SET NULL ON UPDATE RESTRICT'),
      rest: word('', '', 'DEFERRABLE', 'NOT VALID'),
    },
    (its) =>
      `ALTER TABLE ${its.of} ADD CONSTRAINT fk${at} FOREIGN KEY (${its.column}) REFERENCES ${its.to} (${its.other}) ${its.action} ${its.rest}`,
  )

const index: Several = (at) =>
  text(
    {
      of: fixed(relation),
      column: fixed(numbered),
      other: fixed(columnName),
      form: word(
        'plain',
        'plain',
        'two',
        'unique',
        'expression',
        'include',
        'hash',
        'order',
        'function',
        'text',
        'only',
      ),
      where: word('', '', '', '', ' WHERE id > 0', ' WHERE a IS NOT NULL'),
    },
    ({ of, column, other, form, where }) => {
      const forms = {
        plain: `INDEX i${at} ON ${of} (${column})`,
        two: `INDEX i${at} ON ${of} (${column}, ${other})`,
        unique: `UNIQUE INDEX i${at} ON ${of} (${column})`,
        expression: `INDEX i${at} ON ${of} ((${column} IS NULL), ${other})`,
        include: `INDEX i${at} ON ${of} (${column}) INCLUDE (${other}) WITH (fillfactor = 80)`,
        hash: `INDEX i${at} ON ${of} USING hash (${column})`,
        order: `INDEX i${at} ON ${of} (${column} DESC NULLS LAST, ${other} DESC)`,
        function: `INDEX i${at} ON ${of} (f0(${column}))`,
        text: `INDEX i${at} ON ${of} (lower(${column}::text) text_pattern_ops)`,
        only: `INDEX i${at} ON ONLY ${of} (${column})`,
      }
      return `CREATE ${forms[form]}${where}`
    },
  )

const statisticsOf: Several = (at) =>
  text(
    {
      of: fixed(relation),
      columns: word('id, a', 'id, b', 'a, b'),
      kinds: word('', '(mcv)', '(ndistinct, dependencies)'),
    },
    (its) => `CREATE STATISTICS st${at} ${its.kinds} ON ${its.columns} FROM ${its.of}`,
  )

const trigger: Several = (at) =>
  text(
    {
      of: fixed(fc.constantFrom(...relations, 'v0', 'v1')),
      when: word('BEFORE', 'AFTER', 'AFTER', 'INSTEAD OF'),
      events: word('INSERT', 'INSERT OR UPDATE', 'UPDATE OF a', 'UPDATE OF id, b', 'DELETE'),
      each: word('ROW', 'ROW', 'STATEMENT'),
      condition: word('', '', ' WHEN (NEW.a IS NOT NULL)', ' WHEN (OLD.* IS DISTINCT FROM NEW.*)'),
    },
    (its) =>
      `CREATE TRIGGER tr${at} ${its.when} ${its.events} ON ${its.of} FOR EACH ${its.each}${its.condition} EXECUTE FUNCTION g()`,
  )

const policy: Several = (at) =>
  text(
    {
      of: fixed(relation),
      using: word(
        'true',
        'id > 0',
        'a IS NOT NULL',
        'id IN (SELECT id FROM t1)',
        'id IN (SELECT id FROM v0)',
        'f0(id) > 1',
      ),
      command: word('', '', ' FOR SELECT', ' FOR DELETE'),
      to: word('', '', ' TO pg_monitor'),
    },
    (its) => `CREATE POLICY po${at} ON ${its.of}${its.command}${its.to} USING (${its.using})`,
  )

const rule: Several = (at) =>
  text(
    {
      of: fixed(fc.constantFrom('t0', 't1', 'v0', 'h0')),
      event: word('INSERT', 'UPDATE', 'DELETE'),
      action: word('NOTHING', 'INSERT INTO t1 (id) VALUES (1)', 'DELETE FROM t0'),
    },
    (its) => `CREATE RULE ru${at} AS ON ${its.event} TO ${its.of} DO INSTEAD ${its.action}`,
  )

const comment: Several = () =>
  text(
    {
      on: fixed(
        fc.constantFrom(
          'TABLE t0',
          'COLUMN t0.a',
          'COLUMN v0.id',
          'VIEW v0',
          'TYPE e0',
          'TYPE c0',
          'DOMAIN d0',
          'COLUMN c0.x',
          'INDEX i0',
          'CONSTRAINT k0 ON t0',
          'TRIGGER tr0 ON t0',
          'POLICY po0 ON t0',
          'SEQUENCE q0',
          'FUNCTION f0(int)',
          'FUNCTION g()',
          'STATISTICS st0',
          'COLUMN p0.id',
          'TABLE p0a',
          'COLUMN p0a.id',
          'MATERIALIZED VIEW m0',
          'CONSTRAINT fk0 ON t0',
          'RULE ru0 ON t0',
          'SCHEMA "S 1"',
        ),
      ),
      text: word(`'one'`, `'two'`),
    },
    (its) => `COMMENT ON ${its.on} IS ${its.text}`,
  )

const property2: Several = () =>
  text(
    {
      of: fixed(relation),
      what: word(
        'ENABLE ROW LEVEL SECURITY',
        'SET UNLOGGED',
        'SET (fillfactor = 70)',
        'REPLICA IDENTITY FULL',
        'REPLICA IDENTITY USING INDEX i0',
        'CLUSTER ON i0',
        'ALTER a SET STATISTICS 5',
        'ALTER a SET STORAGE EXTERNAL',
        'ALTER id SET (n_distinct = 5)',
        'DISABLE TRIGGER tr0',
        'ALTER id SET NOT NULL',
        'ALTER a SET NOT NULL',
      ),
    },
    (its) => `ALTER TABLE ${its.of} ${its.what}`,
  )

const privilege: Several = () =>
  text(
    {
      what: word('SELECT', 'INSERT', 'SELECT (id)', 'UPDATE (a)', 'ALL'),
      on: fixed(fc.constantFrom(...relations, 'v0', 'v1', 'm0')),
      to: word('pg_monitor', 'PUBLIC'),
    },
    (its) => `GRANT ${its.what} ON ${its.on} TO ${its.to}`,
  )

const publication: Several = () =>
  text({ tables: word('t0', 't0, t1', 'p0') }, (its) => `CREATE PUBLICATION pub FOR TABLE ${its.tables}`)
