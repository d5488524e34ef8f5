import fc from 'fast-check'
import { columnName, fixed, numbered, relation, relations, type Several } from './several.ts'
import { property, text, word } from './two.ts'

export const fallback: Several = () =>
  text(
    {
      of: fixed(relation),
      column: fixed(numbered),
      value: word(`'1'`, `'a'`, 'f0(1)', `nextval('q0')`, 'NULL', 'now()', `current_user`),
    },
    (its) => `ALTER TABLE ${its.of} ALTER ${its.column} SET DEFAULT ${its.value}`,
  )

export const ownership: Several = (at) =>
  text(
    { of: fixed(relation), column: word('id', 'a', 'b') },
    (its) => `ALTER SEQUENCE q${at} OWNED BY ${its.of}.${its.column}`,
  )

export const constraint: Several = (at) =>
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

export const foreignKey: Several = (at) =>
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

export const index: Several = (at) =>
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
      }
      return `CREATE ${forms[form]}${where}`
    },
  )

export const statisticsOf: Several = (at) =>
  text(
    {
      of: fixed(relation),
      columns: word('id, a', 'id, b', 'a, b'),
      kinds: word('', '(mcv)', '(ndistinct, dependencies)'),
    },
    (its) => `CREATE STATISTICS st${at} ${its.kinds} ON ${its.columns} FROM ${its.of}`,
  )

export const trigger: Several = (at) =>
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

export const policy: Several = (at) =>
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

export const rule: Several = (at) =>
  text(
    {
      of: fixed(fc.constantFrom('t0', 't1', 'v0', 'h0')),
      event: word('INSERT', 'UPDATE', 'DELETE'),
      action: word('NOTHING', 'INSERT INTO t1 (id) VALUES (1)', 'DELETE FROM t0'),
    },
    (its) => `CREATE RULE ru${at} AS ON ${its.event} TO ${its.of} DO INSTEAD ${its.action}`,
  )

export const comment: Several = () =>
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

export const setting: Several = () =>
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

export const privilege: Several = () =>
  text(
    {
      what: word('SELECT', 'INSERT', 'SELECT (id)', 'UPDATE (a)', 'ALL'),
      on: fixed(fc.constantFrom(...relations, 'v0', 'v1', 'm0')),
      to: word('pg_monitor', 'PUBLIC'),
    },
    (its) => `GRANT ${its.what} ON ${its.on} TO ${its.to}`,
  )

export const publication: Several = () =>
  text({ tables: word('t0', 't0, t1', 'p0') }, (its) => `CREATE PUBLICATION pub FOR TABLE ${its.tables}`)
