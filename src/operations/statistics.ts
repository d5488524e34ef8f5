import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { needsOf, type Operation, operation, type Step, statement, unknownBefore } from './operation.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

/**
 * How many different combinations there are, which column follows from which, and the most common combinations.
 * https://www.postgresql.org/docs/current/planner-stats.html#PLANNER-STATS-EXTENDED
 */
export type StatisticsKind = 'ndistinct' | 'dependencies' | 'mcv'

type SomeColumns = readonly [string, ...string[]]
type SomeExpressions = readonly [Sql, ...Sql[]]

/** What is looked at together: two or more columns and expressions, or one expression alone. */
export type StatisticsTerms =
  | {
      readonly columns: readonly [string, ...SomeColumns]
      /** From PostgreSQL 14 on. */
      readonly expressions?: SomeExpressions
      /** All of them if left out. */
      readonly kinds?: readonly StatisticsKind[]
    }
  | {
      readonly columns: SomeColumns
      readonly expressions: SomeExpressions
      readonly kinds?: readonly StatisticsKind[]
    }
  | {
      readonly columns?: never
      readonly expressions: readonly [Sql, ...SomeExpressions]
      readonly kinds?: readonly StatisticsKind[]
    }
  /** Of one expression ANALYZE learns what it learns of a column; there are no kinds of that. */
  | { readonly columns?: never; readonly expressions: readonly [Sql]; readonly kinds?: never }

/** Extended statistics, apart from their name. */
export type StatisticsDefinition = StatisticsTerms & {
  readonly from: TableReference
  /** How much ANALYZE keeps; what its columns have if left out. */
  readonly target?: number
}

export type CreateStatistics = Named & StatisticsDefinition

export type AlterStatistics = Named & {
  /** How much ANALYZE keeps; 0 for nothing, null for what its columns have. */
  readonly target: number | null
  readonly was?: { readonly target: number | null }
}

export type DropStatistics = Named & {
  /** What the statistics were, so that they can be made again. */
  readonly was?: StatisticsDefinition
}

/**
 * Has ANALYZE learn of columns and expressions together, so that the planner knows how they hang on each other; there is
 * nothing to know until the table is analyzed. Takes ShareUpdateExclusive on the table for a moment.
 * https://www.postgresql.org/docs/current/sql-createstatistics.html
 */
export const createStatistics: Operation<'createStatistics', CreateStatistics> = operation(
  'createStatistics',
  {
    title: (fields) => `create statistics ${fields.name} on ${fields.from.table}`,
    steps: (fields) => [statement(createSql(fields)), ...targetStep(fields)],
    // Without its name it is still of one of the sorts, which the compiler no longer sees.
    inverse: ({ schema, name, ...was }) => [
      dropStatistics({ ...inSchema({ schema }), name, was: was as StatisticsDefinition }),
    ],
    needs: (fields) => needsOf([fields.expressions, 'statistics of an expression', 14]),
    locks: (fields) => [lockOn(fields.from, 'ShareUpdateExclusive')],
    examples: [
      {
        given: 'CREATE TABLE addresses (city text, zip text)',
        fields: {
          name: 'addresses_city_zip',
          columns: ['city', 'zip'],
          kinds: ['dependencies', 'ndistinct'],
          from: { table: 'addresses' },
        },
      },
      {
        given: 'CREATE SCHEMA "My App"; CREATE TABLE "My App"."Users" ("full name" text, born date)',
        fields: {
          schema: 'My App',
          name: 'Users by year',
          columns: ['full name'],
          expressions: [{ sql: ["date_part('year', born)"], values: [] }],
          kinds: ['mcv'],
          from: { schema: 'My App', table: 'Users' },
          target: 500,
        },
      },
      {
        given: 'CREATE TABLE users (email text)',
        fields: {
          name: 'users_lower_email',
          expressions: [{ sql: ['lower(email)'], values: [] }],
          from: { table: 'users' },
        },
      },
      {
        given: 'CREATE TABLE users (email text)',
        fields: {
          name: 'users_email',
          expressions: [
            { sql: ['lower(email)'], values: [] },
            { sql: ['length(email)'], values: [] },
          ],
          from: { table: 'users' },
        },
      },
    ],
  },
)

/**
 * Changes how much ANALYZE keeps of extended statistics. Takes no lock on the table.
 * https://www.postgresql.org/docs/current/sql-alterstatistics.html
 */
export const alterStatistics: Operation<'alterStatistics', AlterStatistics> = operation('alterStatistics', {
  title: (fields) => `alter statistics ${fields.name}`,
  steps: (fields) => [statement(targetSql(fields))],
  inverse({ was, target, ...named }) {
    if (was === undefined)
      return unknownBefore(`the target of the statistics ${named.name}`, 'alterStatistics')
    return [alterStatistics({ ...named, ...was, was: { target } })]
  },
  locks: () => [],
  examples: [
    {
      given: 'CREATE TABLE t (a int, b int); CREATE STATISTICS t_a_b ON a, b FROM t',
      fields: { name: 't_a_b', target: 1000, was: { target: null } },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE TABLE t (a int, b int); CREATE STATISTICS "My App"."A, B" ON a, b FROM t;
        ALTER STATISTICS "My App"."A, B" SET STATISTICS 0`,
      fields: { schema: 'My App', name: 'A, B', target: null, was: { target: 0 } },
    },
  ],
})

/**
 * Drops extended statistics; the planner guesses again. Takes ShareUpdateExclusive on the table for a moment.
 * https://www.postgresql.org/docs/current/sql-dropstatistics.html
 */
export const dropStatistics: Operation<'dropStatistics', DropStatistics> = operation('dropStatistics', {
  title: (fields) => `drop statistics ${fields.name}`,
  steps: (fields) => [statement(`DROP STATISTICS ${qualifiedName(fields)}`)],
  inverse({ was, ...named }) {
    if (was === undefined) return unknownBefore(`the statistics ${named.name}`, 'dropStatistics')
    return [createStatistics({ ...named, ...was })]
  },
  locks: (fields) => (fields.was === undefined ? [] : [lockOn(fields.was.from, 'ShareUpdateExclusive')]),
  examples: [
    {
      given:
        'CREATE TABLE addresses (city text, zip text); CREATE STATISTICS s (mcv) ON city, zip FROM addresses',
      fields: { name: 's', was: { columns: ['city', 'zip'], kinds: ['mcv'], from: { table: 'addresses' } } },
    },
  ],
})

function createSql(fields: CreateStatistics): string {
  const { columns = [], expressions = [], kinds = [] } = fields
  const terms = [...columns.map(quoteIdentifier), ...expressions.map((one) => `(${inlineSql(one)})`)]
  return clauses(
    `CREATE STATISTICS ${qualifiedName(fields)}`,
    kinds.length > 0 && `(${kinds.join(', ')})`,
    `ON ${terms.join(', ')} FROM ${tableName(fields.from)}`,
  )
}

/** CREATE STATISTICS has no words for it. */
function targetStep({ schema, name, target }: CreateStatistics): readonly Step[] {
  return target === undefined ? [] : [statement(targetSql({ ...inSchema({ schema }), name, target }))]
}

/** Before PostgreSQL 17 there is no DEFAULT here, and -1 says the same to all of them. */
function targetSql(fields: AlterStatistics): string {
  return `ALTER STATISTICS ${qualifiedName(fields)} SET STATISTICS ${fields.target ?? -1}`
}
