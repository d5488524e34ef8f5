import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { Course } from './operation.ts'
import { regclass, type TableReference, tableName } from './relation.ts'

/** Statistics over several columns; `definition` is what stands between their name and their table: ` (dependencies) ON a, b`. */
export type Statistics = {
  readonly schema: string
  readonly name: string
  readonly definition: string
  readonly owner: string
  /** What ANALYZE is told of them, where that is not its default. */
  readonly target: number | null
  readonly comment: string | null
}

export function* statisticsOf(table: TableReference): Course<readonly Statistics[]> {
  const rows =
    yield `SELECT * FROM ${statisticsDefinitions(regclass({ ...table, name: table.table }))} s ORDER BY name`
  return rows.map((row) => ({
    schema: String(row['schema']),
    name: String(row['name']),
    definition: String(row['definition']),
    owner: String(row['owner']),
    target: row['target'] === null ? null : Number(row['target']),
    comment: row['comment'] === null ? null : String(row['comment']),
  }))
}

/** Statements that make the same for another table, under another name. */
export function createStatisticsCopy(
  { schema, definition, owner, target, comment }: Statistics,
  table: TableReference,
  name: string,
): readonly string[] {
  const copy = qualifiedName({ schema, name })
  return [
    `CREATE STATISTICS ${copy}${definition} FROM ${tableName(table)}`,
    `ALTER STATISTICS ${copy} OWNER TO ${quoteIdentifier(owner)}`,
    ...(target === null ? [] : [`ALTER STATISTICS ${copy} SET STATISTICS ${target}`]),
    ...(comment === null ? [] : [`COMMENT ON STATISTICS ${copy} IS ${quoteLiteral(comment)}`]),
  ]
}

/** A table's statistics, in PostgreSQL's words. */
export function statisticsDefinitions(table: string): string {
  return `(SELECT nspname AS schema, stxname AS name, substr(text, length(head) + 1, length(text) - length(head) - length(tail)) AS definition, pg_get_userbyid(stxowner) AS owner,
    CASE WHEN stxstattarget >= 0 THEN stxstattarget END AS target, obj_description(s.oid, 'pg_statistic_ext') AS comment
  FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = stxnamespace
  CROSS JOIN LATERAL (VALUES (pg_get_statisticsobjdef(s.oid), format('CREATE STATISTICS %I.%I', nspname, stxname), format(' FROM %s', stxrelid::regclass)))
    d (text, head, tail) WHERE stxrelid = ${table})`
}
