import { derivedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { type Expansion, oldNames, syncNames } from './expansion.ts'
import type { Course } from './operation.ts'
import { regclass, tableName } from './relation.ts'

// A kept column allows NULL, since nothing says that the new application's rows give a value there. Which columns were NOT
// NULL is remembered in the comment of the function that feeds them.

/** The old columns that are NOT NULL. */
export function* notNullColumns(expansion: Expansion): Course<readonly string[]> {
  const rows =
    yield `SELECT attname AS name FROM pg_attribute WHERE attrelid = ${regclass({ ...expansion, name: expansion.table })}
    AND attname IN (${oldNames(expansion).map(quoteLiteral).join(', ')}) AND attnotnull AND NOT attisdropped`
  return rows.map((row) => String(row['name']))
}

/** A statement that remembers them, once the function is there. */
export function rememberNotNull(expansion: Expansion, columns: readonly string[]): string {
  return `COMMENT ON FUNCTION ${syncNames(expansion).function}() IS ${quoteLiteral(JSON.stringify(columns))}`
}

/** The columns that were NOT NULL before they were kept. */
export function* rememberedNotNull(expansion: Expansion): Course<readonly string[]> {
  const [found] =
    yield `SELECT obj_description(to_regproc(${quoteLiteral(syncNames(expansion).function)}), 'pg_proc') AS remark`
  const remark = found?.['remark']
  return typeof remark === 'string' ? (JSON.parse(remark) as readonly string[]) : []
}

/** Sets NOT NULL again, in the steps of `setNotNull`, each of which may be run again. */
export function* restoreNotNull(expansion: Expansion): Course {
  const alter = `ALTER TABLE ${tableName(expansion)}`
  for (const name of yield* rememberedNotNull(expansion)) {
    const column = quoteIdentifier(name)
    const proof = quoteIdentifier(derivedName(expansion.table, name, 'not_null_proof'))
    yield `${alter} DROP CONSTRAINT IF EXISTS ${proof}`
    yield `${alter} ADD CONSTRAINT ${proof} CHECK (${column} IS NOT NULL) NOT VALID`
    yield `${alter} VALIDATE CONSTRAINT ${proof}`
    yield `${alter} ALTER COLUMN ${column} SET NOT NULL`
    yield `${alter} DROP CONSTRAINT ${proof}`
  }
  yield `COMMENT ON FUNCTION ${syncNames(expansion).function}() IS NULL`
}
