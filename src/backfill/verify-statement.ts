import type { Connection, Row } from '../connection/connection.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { literal, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, isSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import {
  type KeyColumn,
  type KeyPosition,
  keyExpression,
  keyOrder,
  keyTexts,
  positionExpression,
} from './key.ts'
import type { BatchStatement, CopyWork } from './statement.ts'
import { mostExamples, type PageCheck, type PageVerdict, pageRows, type VerifyOptions } from './verify.ts'

/**
 * A row of a `set` is wrong if it is one that the backfill touches and has other values than it gives, each as the
 * column keeps it: `1.005` in a `numeric(4, 2)` is `1.01`.
 */
export async function wrongOfSet(
  { connection, plan }: VerifyOptions,
  set: { readonly [column: string]: Value | Sql },
): Promise<string> {
  const types = await columnTypes(connection, qualifiedName({ ...plan, name: plan.table }))
  const differs = Object.entries(set).map(([column, value]) => {
    const given = isSql(value) ? `(${inlineSql(value)})` : literal(value)
    return unlike(quoteIdentifier(column), given, types.get(column))
  })
  return `${touched(plan)}(${differs.join(' OR ')})`
}

/** A row is wrong if it is still there. */
export function wrongOfDelete({ plan }: VerifyOptions): string {
  return `${touched(plan)}true`
}

/** A row is wrong if one that is made of it is not in the target. */
export async function wrongOfCopy(
  { connection, plan }: VerifyOptions,
  work: CopyWork,
  columns: readonly string[],
): Promise<string> {
  const target = qualifiedName({ ...work.into, name: work.into.table })
  const types = await columnTypes(connection, target)
  const same = columns.map((column) =>
    like(
      `limbeck_row.${quoteIdentifier(column)}`,
      `limbeck_made.${quoteIdentifier(column)}`,
      types.get(column),
    ),
  )
  return `${touched(plan)}EXISTS (SELECT FROM (${inlineSql(work.select)}) AS limbeck_made ${columnList(columns)}
    WHERE NOT EXISTS (SELECT FROM ${target} AS limbeck_row WHERE ${same.join(' AND ')}))`
}

/** Counts the rows of a page for which `wrong` holds; the batch's own statement puts them right. */
export function statementCheck(
  { connection, plan, repair }: VerifyOptions,
  key: readonly KeyColumn[],
  { wrong, statement }: { readonly wrong: string; readonly statement: BatchStatement },
): PageCheck {
  const table = qualifiedName({ ...plan, name: plan.table })
  return async (after) => {
    const behind =
      after === null ? 'true' : `${keyExpression(key)} > ${positionExpression(key, after, quoteLiteral)}`
    const [result] = await connection.run(`
      WITH page AS (SELECT *, ${wrong} AS limbeck_wrong FROM ${table} WHERE ${behind} ORDER BY ${keyOrder(key)} LIMIT ${pageRows})
      SELECT (SELECT count(*) FROM page) AS rows, (SELECT count(*) FROM page WHERE limbeck_wrong) AS wrong,
        (SELECT to_json(${keyTexts(key)}) FROM page ORDER BY ${keyOrder(key, 'DESC')} LIMIT 1) AS last,
        (SELECT json_agg(k) FROM (SELECT ${keyTexts(key)} AS k FROM page WHERE limbeck_wrong LIMIT ${mostExamples}) e) AS examples`)
    const row: Row = result?.rows[0] ?? {}
    const verdict = verdictOf(row)
    if (!repair || verdict.wrong === 0 || verdict.last === null) return verdict
    const range = `${behind} AND ${keyExpression(key)} <= ${positionExpression(key, verdict.last, quoteLiteral)}`
    const [mended] = await connection.run(`${statement.before}${range} AND (${wrong})${statement.behind}`)
    return { ...verdict, repaired: mended?.rowCount ?? 0 }
  }
}

/** `… AND `: only rows for which `where` holds can be wrong. */
function touched({ where }: BackfillPlan): string {
  return where === undefined ? '' : `(${inlineSql(where)}) IS TRUE AND `
}

type ColumnType = {
  readonly name: string
  /** Whether two of its values can be compared: two of type `json` cannot. */
  readonly comparable: boolean
  readonly notNull: boolean
}

/** A condition: what is stored is not what was given, as a column of the type keeps it. */
function unlike(stored: string, given: string, type: ColumnType | undefined): string {
  const [one, other] = sides(stored, given, type)
  return `${one} IS DISTINCT FROM ${other}`
}

/** The opposite, by `=` where there is no NULL: that alone finds a row by an index. */
function like(stored: string, given: string, type: ColumnType | undefined): string {
  const [one, other] = sides(stored, given, type)
  return type?.notNull === true ? `${one} = ${other}` : `${one} IS NOT DISTINCT FROM ${other}`
}

function sides(stored: string, given: string, type: ColumnType | undefined): readonly [string, string] {
  const kept = type === undefined ? given : `${given}::${type.name}`
  const as = type?.comparable === false ? '::text' : ''
  return [`${stored}${as}`, `${kept}${as}`]
}

async function columnTypes(connection: Connection, table: string): Promise<ReadonlyMap<string, ColumnType>> {
  const [found] = await connection.run(`
    SELECT attname AS column, format_type(atttypid, atttypmod) AS name, attnotnull AS "notNull",
      typtype NOT IN ('b', 'c', 'd') OR EXISTS (
        SELECT 1 FROM pg_operator WHERE oprname = '=' AND oprleft = oprright
          AND oprleft = (WITH RECURSIVE plain (type, of) AS (
            SELECT t.oid, CASE WHEN t.typtype = 'd' THEN t.typbasetype WHEN t.typcategory = 'A' THEN t.typelem ELSE 0::oid END
            UNION ALL SELECT b.oid, CASE WHEN b.typtype = 'd' THEN b.typbasetype WHEN b.typcategory = 'A' THEN b.typelem ELSE 0::oid END
            FROM plain JOIN pg_type b ON b.oid = plain.of
          ) SELECT type FROM plain WHERE of = 0)) AS comparable
    FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
    WHERE attrelid = ${quoteLiteral(table)}::regclass AND attnum > 0 AND NOT attisdropped`)
  return new Map(
    (found?.rows ?? []).map((row) => [
      String(row['column']),
      { name: String(row['name']), comparable: row['comparable'] === true, notNull: row['notNull'] === true },
    ]),
  )
}

function verdictOf(row: Row): PageVerdict {
  return {
    rows: Number(row['rows']),
    wrong: Number(row['wrong']),
    repaired: 0,
    last: row['last'] as KeyPosition | null,
    examples: (row['examples'] as readonly KeyPosition[] | null) ?? [],
  }
}
