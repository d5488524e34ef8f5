import type { Connection, Row } from '../connection/connection.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { literal, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, isSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import { conflictColumns, type TargetColumn, type TransformWork, targetColumns } from './insert.ts'
import {
  findKey,
  type KeyColumn,
  type KeyPosition,
  keyExpression,
  keyOrder,
  keyTexts,
  positionExpression,
} from './key.ts'
import { type Page, readLockedPage, readPage } from './page.ts'
import { assignmentList } from './set.ts'
import { madeRows } from './transform.ts'

/** What a look at every row has found. */
export type Verification = {
  readonly title: string
  /** Rows of the source that were looked at. */
  readonly checked: number
  /** Rows that are not what the backfill makes of them: of the source for a `set`, of the target for a transform. */
  readonly wrong: number
  /** How many of them were put right. */
  readonly repaired: number
  /** The keys of the first ten source rows that are wrong. */
  readonly examples: readonly KeyPosition[]
}

export type VerifyOptions = {
  readonly connection: Connection
  readonly plan: BackfillPlan
  /** Puts right what is wrong, page by page, each in a transaction of its own. */
  readonly repair: boolean
  readonly signal: AbortSignal | undefined
}

/** What one page has shown. */
type PageVerdict = {
  readonly rows: number
  readonly wrong: number
  readonly repaired: number
  readonly last: KeyPosition | null
  readonly examples: readonly KeyPosition[]
}

type PageCheck = (after: KeyPosition | null) => Promise<PageVerdict>

/** Rows of a page: nothing is locked while one is checked. */
const pageRows = 5_000
const mostExamples = 10

/** Compares every row of a backfill's source with what the backfill should have made of it, page by page along the key. */
export async function verifyBackfill(options: VerifyOptions): Promise<Verification> {
  const { connection, plan, signal } = options
  const key = await findKey(connection, plan)
  const check =
    plan.work.type === 'set'
      ? setCheck(options, key, plan.work.set)
      : await transformCheck(options, key, plan.work)
  let found: Verification = { title: plan.title, checked: 0, wrong: 0, repaired: 0, examples: [] }
  let after: KeyPosition | null = null
  for (;;) {
    signal?.throwIfAborted()
    const page: PageVerdict = await check(after)
    found = {
      ...found,
      checked: found.checked + page.rows,
      wrong: found.wrong + page.wrong,
      repaired: found.repaired + page.repaired,
      examples: [...found.examples, ...page.examples].slice(0, mostExamples),
    }
    if (page.last === null) return found
    after = page.last
  }
}

/** A row of a `set` is wrong if it is one that the backfill touches and has other values than it gives. */
function setCheck(
  { connection, plan, repair }: VerifyOptions,
  key: readonly KeyColumn[],
  set: { readonly [column: string]: Value | Sql },
): PageCheck {
  const table = qualifiedName({ ...plan, name: plan.table })
  const differs = Object.entries(set)
    .map(
      ([column, value]) =>
        `${quoteIdentifier(column)} IS DISTINCT FROM ${isSql(value) ? `(${inlineSql(value)})` : literal(value)}`,
    )
    .join(' OR ')
  const wrong =
    plan.where === undefined ? `(${differs})` : `((${inlineSql(plan.where)}) IS TRUE AND (${differs}))`
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
    const [updated] = await connection.run(
      `UPDATE ${table} SET ${assignmentList(set)} WHERE ${range} AND ${wrong}`,
    )
    return { ...verdict, repaired: updated?.rowCount ?? 0 }
  }
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

/** Each row that the transform makes has to be in the target, found by its unique columns, or else by all of them. */
async function transformCheck(
  { connection, plan, repair }: VerifyOptions,
  key: readonly KeyColumn[],
  work: TransformWork,
): Promise<PageCheck> {
  const columns = await targetColumns(connection, work.into)
  const missing = missingSql(work, columns)
  const upper = await lastKey(connection, plan, key)
  const check = async (page: Page): Promise<PageVerdict> => {
    const made = madeRows({ plan, work, columns }, page)
    const { rows } = await connection.query(missing.select, made.parameters)
    const wrong = new Set(rows.map((row) => Number(row['n'])))
    const sources = new Set([...wrong].map((n) => made.sources[n - 1]))
    const repairs = repair && wrong.size > 0 ? missing.repair : null
    const repaired = repairs === null ? 0 : ((await connection.query(repairs, made.parameters)).rowCount ?? 0)
    const examples = page.rows.filter((_, n) => sources.has(n)).map((row) => row.key)
    return { rows: page.rows.length, wrong: wrong.size, repaired, last: page.last, examples }
  }
  return async (after) => {
    if (upper === null) return { rows: 0, wrong: 0, repaired: 0, last: null, examples: [] }
    const bounds = { plan, key, after, upper, limit: pageRows }
    if (!repair) return check(await readPage(connection, bounds, work.columns))
    // Under the lock, so that no write of the application comes between the reading and the repair.
    await connection.run('BEGIN')
    const verdict = await check(await readLockedPage(connection, bounds, work.columns))
    await connection.run('COMMIT')
    return verdict
  }
}

/** Which of the rows that were made are not in the target as they should be; and what puts them there, where a row can be replaced. */
function missingSql(work: TransformWork, columns: readonly TargetColumn[]) {
  const target = qualifiedName({ ...work.into, name: work.into.table })
  const unique = new Set(conflictColumns(work) ?? [])
  const arrays = columns.map(({ type, array }, n) => `$${n + 1}::${array ? 'text' : type}[]`)
  const value = ({ type, array }: TargetColumn, n: number) => (array ? `made.c${n}::${type}` : `made.c${n}`)
  const made = `unnest(${arrays.join(', ')}) WITH ORDINALITY AS made (${columns.map((_, n) => `c${n}`).join(', ')}, n)`
  const same = columns
    .map((column, n) => {
      const [stored, wanted] = [`t.${quoteIdentifier(column.name)}`, value(column, n)]
      if (unique.has(column.name)) return `${stored} = ${wanted}`
      // json has no equality; its text is what was sent.
      return column.json && column.type === 'json'
        ? `${stored}::text IS NOT DISTINCT FROM (${wanted})::text`
        : `${stored} IS NOT DISTINCT FROM ${wanted}`
    })
    .join(' AND ')
  const absent = `NOT EXISTS (SELECT 1 FROM ${target} t WHERE ${same})`
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ')
  const updates = columns
    .filter(({ name }) => !unique.has(name))
    .map(({ name }) => `${quoteIdentifier(name)} = excluded.${quoteIdentifier(name)}`)
  const conflict = `ON CONFLICT (${[...unique].map(quoteIdentifier).join(', ')}) DO ${updates.length === 0 ? 'NOTHING' : `UPDATE SET ${updates.join(', ')}`}`
  return {
    select: `SELECT made.n FROM ${made} WHERE ${absent}`,
    repair:
      unique.size === 0
        ? null
        : `INSERT INTO ${target} (${names}) SELECT ${columns.map(value).join(', ')} FROM ${made} WHERE ${absent} ${conflict}`,
  }
}

async function lastKey(
  connection: Connection,
  plan: BackfillPlan,
  key: readonly KeyColumn[],
): Promise<KeyPosition | null> {
  const [result] = await connection.run(
    `SELECT to_json(${keyTexts(key)}) AS last FROM ${qualifiedName({ ...plan, name: plan.table })} ORDER BY ${keyOrder(key, 'DESC')} LIMIT 1`,
  )
  return (result?.rows[0]?.['last'] as KeyPosition | undefined) ?? null
}
