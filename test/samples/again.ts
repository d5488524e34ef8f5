import { DatabaseError } from '../../src/connection/connection.ts'

type Rows = (sql: string) => Promise<readonly { readonly [column: string]: unknown }[]>

/** What rows violate, of all constraints that are looked at when a row is written and a trigger might have been quiet: each is added once more. */
export async function again(rows: Rows): Promise<readonly string[]> {
  const found =
    await rows(`SELECT format('ALTER TABLE %s ADD CONSTRAINT limbeck_again_%s %s', conrelid::regclass, c.oid,
      replace(pg_get_constraintdef(c.oid), ' NOT VALID', '')) AS sql
    FROM pg_constraint c JOIN pg_class r ON r.oid = conrelid JOIN pg_namespace n ON n.oid = relnamespace
    WHERE contype IN ('c', 'f', 'u') AND conparentid = 0 AND conislocal AND relkind IN ('r', 'p') AND nspname <> 'limbeck'
      AND NOT (contype = 'u' AND NOT condeferrable) ORDER BY 1`)
  const violated: string[] = []
  for (const { sql } of found) {
    try {
      await rows(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; ROLLBACK`)
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      await rows('ROLLBACK')
      if (error.server.sqlState.startsWith('23')) violated.push(`${sql}: ${error.message}`)
    }
  }
  return violated
}
