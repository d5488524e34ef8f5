import { rawSql, type Sql } from '../sql/tag.ts'
import { firstLine } from './first-line.ts'
import { type Operation, operation } from './operation.ts'

export type Execute = {
  /** SQL that is sent as it stands: colons, percent signs, dollar quotes, several statements. Values go in with `op.sql`. */
  readonly sql: string | Sql
  /** What undoes it; null where there is nothing to undo. */
  readonly inverse?: string | Sql | null
  /** What is gone for good once it has run, a sentence each. */
  readonly loses?: readonly string[]
}

/**
 * Runs SQL of one's own. PostgreSQL's parser splits it, so that a statement that refuses a transaction gets a stage of
 * its own; BEGIN and COMMIT are refused, since the stages say where transactions are.
 */
export const execute: Operation<'execute', Execute> = operation('execute', {
  title: (fields) => `execute ${firstLine(asSql(fields.sql).sql.join('?'))}`,
  steps: (fields) => [{ run: 'script', sql: asSql(fields.sql) }],
  inverse(fields) {
    if (fields.inverse === undefined) {
      return {
        irreversible: 'Nothing says how the SQL is undone: give "inverse" to execute (null if nothing is).',
      }
    }
    return fields.inverse === null ? [] : [execute({ sql: fields.inverse, inverse: fields.sql })]
  },
  loses: (fields) => fields.loses ?? [],
  locks: () => [],
  examples: [
    {
      given: 'CREATE TABLE t (a text)',
      fields: {
        sql: `CREATE VIEW v AS SELECT a, '12:30'::time AS at, '100%' AS much FROM t; COMMENT ON VIEW v IS 'it''s :ok'`,
        inverse: 'DROP VIEW v',
      },
      locks: [{ table: 't', mode: 'AccessShare' }],
    },
    {
      given: 'CREATE TABLE t (a text)',
      fields: {
        sql: 'CREATE INDEX CONCURRENTLY t_a_idx ON t (a)',
        inverse: 'DROP INDEX CONCURRENTLY t_a_idx',
      },
      locks: [{ table: 't', mode: 'ShareUpdateExclusive' }],
    },
    {
      given: "CREATE TABLE t (a text); INSERT INTO t VALUES ('old')",
      fields: {
        sql: { sql: ['DELETE FROM t WHERE a = ', ''], values: ['old'] },
        inverse: null,
        loses: ['the old rows of t'],
      },
      locks: [{ table: 't', mode: 'RowExclusive' }],
    },
  ],
})

function asSql(sql: string | Sql): Sql {
  return typeof sql === 'string' ? rawSql(sql) : sql
}
