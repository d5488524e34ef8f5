import { derivedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { Course } from './operation.ts'
import { regclass, type TableReference, tableName } from './relation.ts'

/** Sets NOT NULL, where it is not, in the steps of `setNotNull`: each may be run again. */
export function* setNotNullCourse(table: TableReference, name: string): Course {
  const alter = `ALTER TABLE ${tableName(table)}`
  const column = quoteIdentifier(name)
  const proof = quoteIdentifier(notNullProof(table, name))
  const [found] =
    yield `SELECT attnotnull AS there FROM pg_attribute WHERE attrelid = ${regclass({ ...table, name: table.table })} AND attname = ${quoteLiteral(name)}`
  if (found?.['there'] !== true) {
    yield `${alter} DROP CONSTRAINT IF EXISTS ${proof}`
    yield `${alter} ADD CONSTRAINT ${proof} CHECK (${column} IS NOT NULL) NOT VALID`
    yield `${alter} VALIDATE CONSTRAINT ${proof}`
    yield `${alter} ALTER COLUMN ${column} SET NOT NULL`
  }
  yield `${alter} DROP CONSTRAINT IF EXISTS ${proof}`
}

/** Drops the check that an interrupted course has left. */
export function* dropNotNullProof(table: TableReference, name: string): Course {
  yield `ALTER TABLE ${tableName(table)} DROP CONSTRAINT IF EXISTS ${quoteIdentifier(notNullProof(table, name))}`
}

/** The check by which PostgreSQL knows that there is no NULL. */
export function notNullProof({ table }: TableReference, column: string): string {
  return derivedName(table, column, 'not_null_proof')
}
