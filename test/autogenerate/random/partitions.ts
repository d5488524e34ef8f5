import fc from 'fast-check'
import { fixed, many } from './several.ts'
import { table } from './tables.ts'
import { maybe, property, statements, type Two, text, word } from './two.ts'

/** A partitioned table, its partitions, one of which is partitioned itself, and a default one. */
export function partitioned() {
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
export function family() {
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
