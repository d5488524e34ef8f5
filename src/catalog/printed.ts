import { rawSql, type Sql } from '../sql/tag.ts'

/** The query of a view, from what pg_get_viewdef prints: without the blanks before it and the semicolon behind it. */
export function printedQuery(text: string): Sql {
  return rawSql(text.trim().replace(/;$/, ''))
}
