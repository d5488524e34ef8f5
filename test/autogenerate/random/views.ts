import fc from 'fast-check'
import { fixed } from './several.ts'
import { maybe, statements, text, word } from './two.ts'

/** Views on tables and on each other, some of them materialized and with indexes. */
export function views() {
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
        ' WHERE EXISTS (SELECT FROM t0 WHERE t0 IS NOT NULL)',
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
