import type { Connection } from '../connection/connection.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { conflictColumns, type TargetColumn, type TransformWork, targetColumns } from './insert.ts'
import { type KeyColumn, type KeyPosition, keyOrder, keyTexts } from './key.ts'
import type { Page } from './page.ts'
import { relation } from './relation.ts'
import { sourceOf } from './source.ts'
import { madeRows } from './transform.ts'
import { type PageCheck, type PageVerdict, pageRows, type VerifyOptions } from './verify.ts'

/** Each row that the transform makes has to be in the target, found by its unique columns, or else by all of them. */
export async function transformCheck(
  { connection, plan, repair }: VerifyOptions,
  key: readonly KeyColumn[],
  work: TransformWork,
): Promise<PageCheck> {
  const columns = await targetColumns(connection, work.into)
  const missing = missingSql(work, columns)
  const source = sourceOf(plan)
  const reader = source.reader(work.columns, 'SHARE')
  const looker = source.looker?.(work.columns) ?? reader
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
    const place = { connection, key, after, upper, rows: pageRows }
    if (!repair) return check(await looker.read(place))
    // Under the lock, so that no write of the application comes between the reading and the repair.
    await connection.run('BEGIN')
    const verdict = await check(await reader.read(place))
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
      // json has no equality; its text is what was sent.
      if (column.json && column.type === 'json')
        return `${stored}::text IS NOT DISTINCT FROM (${wanted})::text`
      // Only by "=" is a row found by an index.
      const equals = unique.has(column.name) || column.notNull ? '=' : 'IS NOT DISTINCT FROM'
      return `${stored} ${equals} ${wanted}`
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
    `SELECT to_json(${keyTexts(key)}) AS last FROM ${relation(plan)} ORDER BY ${keyOrder(key, 'DESC')} LIMIT 1`,
  )
  return (result?.rows[0]?.['last'] as KeyPosition | undefined) ?? null
}
