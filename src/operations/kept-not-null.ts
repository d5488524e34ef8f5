import { quoteLiteral } from '../sql/literal.ts'
import { type Expansion, oldNames, syncNames } from './expansion.ts'
import { setNotNullCourse } from './not-null-course.ts'
import type { Course } from './operation.ts'
import { regclass } from './relation.ts'

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

/** Sets NOT NULL again. */
export function* restoreNotNull(expansion: Expansion): Course {
  for (const name of yield* rememberedNotNull(expansion)) yield* setNotNullCourse(expansion, name)
  yield `COMMENT ON FUNCTION ${syncNames(expansion).function}() IS NULL`
}
