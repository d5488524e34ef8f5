import type { Observation } from '../../trace/observation.ts'
import { type PicturedRelation, relationName } from '../../trace/picture.ts'
import { listed } from '../blocks.ts'
import { copiedRows } from '../moved-rows.ts'
import type { Rule } from '../rule.ts'

export const dropTable: Rule = {
  name: 'drop-table',
  classes: ['data-loss'],
  level: 'warning',
  title: 'a table is dropped with its rows',
  problem:
    'The rows are gone once it has committed, those of partitions and of what CASCADE takes along too, and the application of before fails.',
  instead: 'When no release uses it any more, rename it out of the way, and drop it some releases later.',
  ignore: 'The rows are not needed by anybody.',
  find(observation, { changes, all }) {
    const made = all.reduce((sum, one) => sum + one.madeRows, 0)
    // As many rows have gone into another table: they have moved.
    const isMoved = (table: PicturedRelation) => {
      const { oid, kind, name } = table
      const had = observation.rows.get(oid) ?? 0
      if (all.some((one) => isMadeAgain(table, one))) return true
      if (had > 0 && (copiedRows(name, observation, all) ?? 0) >= had) return true
      // The rows of a partitioned table are its partitions'.
      return kind === 'p' ? made > 0 : had > 0 && made >= had
    }
    const tables = changes.gone
      .filter((table) => (table.kind === 'r' || table.kind === 'p') && !isMoved(table))
      .map(relationName)
    return tables.length === 0
      ? []
      : [
          {
            message: `All rows of ${listed(tables)} are lost.`,
            evidence: tables.map((table) => `${table} is gone`),
            relations: tables,
          },
        ]
  },
  examples: [
    { given: 'CREATE TABLE users (id bigint PRIMARY KEY)', sql: 'DROP TABLE users', finds: true },
    { given: '', sql: 'CREATE TABLE users (id bigint); DROP TABLE users', finds: false },
    {
      given: 'CREATE SCHEMA old; CREATE TABLE old.users (id bigint)',
      sql: 'DROP SCHEMA old CASCADE',
      finds: true,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, name text); CREATE TABLE names (id bigint, name text, other text)',
      sql: 'DROP TABLE names; CREATE TABLE names AS SELECT id, name FROM users WHERE id > 1',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: 'DROP TABLE users; CREATE TABLE users (id bigint PRIMARY KEY)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint); CREATE VIEW people AS SELECT * FROM users',
      sql: 'DROP VIEW people',
      finds: false,
    },
  ],
}

/** Whether a query has given it its rows anew: it had what others have. */
function isMadeAgain(
  { schema, name }: PicturedRelation,
  { statement, madeRows, error }: Observation,
): boolean {
  const { kind, node } = statement.parsed.tree
  const { relname, schemaname = schema } = node['into']?.rel ?? {}
  return (
    kind === 'CreateTableAsStmt' &&
    relname === name &&
    schemaname === schema &&
    madeRows > 0 &&
    error?.when !== 'always'
  )
}
