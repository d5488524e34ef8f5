import type { Connection } from '../connection/connection.ts'
import type { BackfillPlan, BackfillWork } from '../operations/backfill-plan.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { literal, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, isSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import type { BatchWorker } from './batch.ts'
import { conflictClause } from './insert.ts'
import { type KeyPosition, keyColumns, keyExpression, keyOrder, keyTexts, positionExpression } from './key.ts'

export type CopyWork = BackfillWork & { readonly type: 'copy' }

/** A statement that does a batch: what stands before and behind the condition that says which rows of the source it is of. */
export type BatchStatement = { readonly before: string; readonly behind: string }

export function updateStatement(
  plan: BackfillPlan,
  set: { readonly [column: string]: Value | Sql },
): BatchStatement {
  return { before: `UPDATE ${tableOf(plan)} SET ${assignmentList(set)} WHERE `, behind: furthermore(plan) }
}

export function deleteStatement(plan: BackfillPlan): BatchStatement {
  return { before: `DELETE FROM ${tableOf(plan)} WHERE `, behind: furthermore(plan) }
}

/** The source's rows are locked, so that no write of the application to one of them is overtaken by its copy. */
export function copyStatement(plan: BackfillPlan, work: CopyWork): BatchStatement {
  const target = qualifiedName({ ...work.into, name: work.into.table })
  const columns = work.into.columns === undefined ? '' : columnList(work.into.columns)
  return {
    before: `INSERT INTO ${target} ${columns} SELECT limbeck_made.* FROM (SELECT * FROM ${tableOf(plan)} WHERE `,
    behind: `${furthermore(plan)} FOR SHARE) AS ${quoteIdentifier(plan.table)} CROSS JOIN LATERAL (${inlineSql(work.select)}) AS limbeck_made ${columns}${conflictClause(work)}`,
  }
}

/**
 * Batches of one statement each. The end of a batch is found first, by an index scan of its rows' keys; the statement and the
 * checkpoint are one transaction. PostgreSQL tells how many rows it has written: to have it count them by RETURNING takes a
 * tenth of the time.
 */
export function statementWorker(plan: BackfillPlan, { before, behind }: BatchStatement): BatchWorker {
  const table = tableOf(plan)

  return async ({ connection, key, after, upper, rows, checkpoint }) => {
    const inRange = (bound: readonly string[]) =>
      [
        ...(after === null
          ? []
          : [`${keyExpression(key)} > ${positionExpression(key, after, quoteLiteral)}`]),
        `${keyExpression(key)} <= ${positionExpression(key, bound, quoteLiteral)}`,
      ].join(' AND ')
    if (after !== null && JSON.stringify(after) === JSON.stringify(upper)) return null
    // Made into text outside of the scan: PostgreSQL does what a scan selects for the rows too that OFFSET passes over.
    const [found] = await connection.run(
      `SELECT to_json(${keyTexts(key)}) AS last FROM (SELECT ${keyColumns(key)} FROM ${table} WHERE ${inRange(upper)} ORDER BY ${keyOrder(key)} OFFSET ${rows - 1} LIMIT 1) AS limbeck_end`,
    )
    const end = found?.rows[0]?.['last'] as KeyPosition | undefined
    const last = end ?? upper
    // The last batch is the rest, whose rows are counted, since there are fewer of them than a batch has.
    const scanned = end === undefined ? await countRows(connection, table, inRange(last)) : rows
    const results = await connection.run(`BEGIN;\n${before}${inRange(last)}${behind}`)
    const done = { last, scanned, written: results.at(-1)?.rowCount ?? 0 }
    await connection.run(`${checkpoint({ ...done, written: String(done.written) })};\nCOMMIT`)
    return done
  }
}

/** `"a" = 1, "b" = (lower(c))`, as it follows SET. */
export function assignmentList(set: { readonly [column: string]: Value | Sql }): string {
  return Object.entries(set)
    .map(
      ([column, value]) =>
        `${quoteIdentifier(column)} = ${isSql(value) ? `(${inlineSql(value)})` : literal(value)}`,
    )
    .join(', ')
}

function furthermore({ where }: BackfillPlan): string {
  return where === undefined ? '' : ` AND (${inlineSql(where)})`
}

function tableOf(plan: BackfillPlan): string {
  return qualifiedName({ ...plan, name: plan.table })
}

async function countRows(connection: Connection, table: string, condition: string): Promise<number> {
  const [counted] = await connection.run(`SELECT count(*) AS count FROM ${table} WHERE ${condition}`)
  return Number(counted?.rows[0]?.['count'])
}
