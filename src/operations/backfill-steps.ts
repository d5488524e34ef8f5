import { literal } from '../sql/literal.ts'
import { inlineSql, isSql } from '../sql/tag.ts'
import type { Backfill } from './backfill.ts'
import type { BackfillPlan, BackfillWork } from './backfill-plan.ts'
import { inSchema } from './relation.ts'

/** What the engine is given of a backfill's fields. */
export function backfillPlan(fields: Backfill): BackfillPlan {
  return {
    title: backfillTitle(fields),
    ...source(fields),
    work: work(fields),
    preview: preview(fields),
    failedRows: fields.failedRows ?? 0,
    ...(fields.detach === true ? { detach: true } : {}),
  }
}

function preview(fields: Backfill): string {
  const { table } = source(fields)
  const rows = 'from' in fields && 'query' in fields.from ? `(${inlineSql(fields.from.query)})` : table
  const where = fields.where === undefined ? '' : ` WHERE ${inlineSql(fields.where)}`
  if ('delete' in fields) return `DELETE FROM ${table}${where}`
  if ('select' in fields)
    return `INSERT INTO ${fields.into.table} (${fields.into.columns.join(', ')}) ${inlineSql(fields.select)}, for each row of ${table}${where}`
  if ('into' in fields) return `${rows} → transform → ${fields.into.table}${where}`
  if ('process' in fields) return `${rows} → process${where}`
  const set = Object.entries(fields.set).map(
    ([name, value]) => `${name} = ${isSql(value) ? inlineSql(value) : literal(value)}`,
  )
  return `UPDATE ${table} SET ${set.join(', ')}${where}`
}

/** For a person: `users`, `users into user_preferences`. */
export function backfillTitle(fields: Backfill): string {
  const { table } = source(fields)
  if ('delete' in fields) return `${table}, rows that go`
  if ('into' in fields) return `${table} into ${fields.into.table}`
  if ('process' in fields) return `${table}, by a function`
  return `${table}.${Object.keys(fields.set).join(', ')}`
}

/** Where the rows come from, and how many sessions share them. What is no table is one range, which one session walks. */
function source(fields: Backfill): Pick<BackfillPlan, 'schema' | 'table' | 'from' | 'where' | 'sessions'> {
  if ('from' in fields) {
    const { from } = fields
    return { table: 'query' in from ? 'a query' : 'a stream', from, sessions: 1 }
  }
  const { table, where, sessions = defaultSessions(fields) } = fields
  return { ...inSchema(fields), table, sessions, ...(where === undefined ? {} : { where }) }
}

function defaultSessions(fields: Backfill): number {
  return 'transform' in fields && fields.onConflict !== 'skip' ? 2 : 1
}

function work(fields: Backfill): BackfillWork {
  if ('set' in fields) return { type: 'set', set: fields.set }
  if ('delete' in fields) return { type: 'delete' }
  if ('select' in fields) {
    const { into, select, onConflict = 'fail' } = fields
    return { type: 'copy', into, select, onConflict }
  }
  const { columns = [] } = fields
  if ('process' in fields) return { type: 'process', columns, process: fields.process }
  const { into, transform, onConflict = 'fail' } = fields
  return { type: 'transform', columns, into, transform, onConflict }
}
