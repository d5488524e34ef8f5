import { isDeepStrictEqual } from 'node:util'
import { inSchema } from '../operations/relation.ts'
import {
  alterStatistics,
  type CreateStatistics,
  createStatistics,
  type StatisticsKind,
} from '../operations/statistics.ts'
import { withoutParentheses } from './expression-list.ts'
import { keyOf, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { printedSql } from './printed.ts'
import { renamable } from './renaming.ts'
import { made } from './scope.ts'

type Found = {
  readonly schema: string
  readonly name: string
  readonly table_schema: string
  readonly table: string
  readonly columns: readonly string[] | null
  readonly expressions: readonly string[] | null
  readonly kinds: readonly string[]
  readonly target: number | null
}

/** Extended statistics. */
export const statistics = objectKind<CreateStatistics, Found>({
  kind: 'statistics',
  traces: made('pg_statistic_ext'),
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_statistic_ext'::regclass::oid AS classid, s.oid AS objid, 0 AS objsubid, n.nspname AS schema, s.stxname AS name,
      tn.nspname AS table_schema, c.relname AS table,
      (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM unnest(s.stxkeys::int2[]) key(attnum)
        JOIN pg_attribute a ON a.attrelid = s.stxrelid AND a.attnum = key.attnum) AS columns,
      ${major < 14 ? 'NULL::text[]' : 'pg_get_statisticsobjdef_expressions(s.oid)'} AS expressions,
      s.stxkind::text[] AS kinds, nullif(s.stxstattarget, -1)::int AS target
    FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
    JOIN pg_class c ON c.oid = s.stxrelid JOIN pg_namespace tn ON tn.oid = c.relnamespace
    WHERE c.relpersistence <> 't' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY tn.nspname, c.relname, n.nspname, s.stxname`,
  // PostgreSQL keeps the columns in the order of the table's, which is not compared.
  read: ({ schema, name, table_schema, table, columns, expressions, target, ...row }, { inSchema }) => {
    const kinds = kindsOf(row.kinds)
    const fields = {
      ...inSchema(schema),
      name,
      ...(columns === null ? {} : { columns }),
      ...(expressions === null
        ? {}
        : { expressions: expressions.map((text) => printedSql(withoutParentheses(text))) }),
      ...(kinds === null ? {} : { kinds }),
      from: { ...inSchema(table_schema), table },
      ...(target === null ? {} : { target }),
    }
    return {
      key: keyOf('statistics', schema, name),
      parent: relationKey(table_schema, table),
      reference: { ...inSchema(schema), statistics: name },
      // PostgreSQL has as many terms in it as there have to be.
      fields: fields as never,
    }
  },
  ...renamable<CreateStatistics>(),
  create: (fields) => [createStatistics(fields)],
  change(before, after) {
    const { target: targetBefore = null, ...old } = before
    const { target = null, ...now } = after
    if (!isDeepStrictEqual(old, now)) return null
    const { schema, name } = after
    return [
      alterStatistics({
        ...inSchema({ schema }),
        name,
        target,
        was: { target: targetBefore },
      }),
    ]
  },
  bearsChange: true,
})

const letters: readonly (readonly [string, StatisticsKind])[] = [
  ['d', 'ndistinct'],
  ['f', 'dependencies'],
  ['m', 'mcv'],
]

/** null where nothing has to be said: for all of them, and for one expression, of which there are none. */
function kindsOf(found: readonly string[]): readonly StatisticsKind[] | null {
  const kinds = letters.flatMap(([letter, kind]) => (found.includes(letter) ? [kind] : []))
  return kinds.length === 0 || kinds.length === letters.length ? null : kinds
}
