import { literal } from '../sql/literal.ts'
import { inlineSql, isSql } from '../sql/tag.ts'
import type { PlannedStatement, Stage } from './stage.ts'

/** A stage's SQL for people: its values are literals, and a backfill is told by what its batches do. */
export function stageSql(stage: Stage): readonly string[] {
  if (stage.type === 'transaction') return stage.statements.map(statementText)
  if (stage.type === 'procedure') return stage.step.procedure.preview
  const { table, work, where } = stage.step.backfill
  const condition = where === undefined ? '' : ` WHERE ${inlineSql(where)}`
  if (work.type === 'transform')
    return [`-- in batches: ${table} → transform → ${work.into.table}${condition}`]
  const set = Object.entries(work.set).map(
    ([name, value]) => `${name} = ${isSql(value) ? inlineSql(value) : literal(value)}`,
  )
  return [`-- in batches: UPDATE ${table} SET ${set.join(', ')}${condition}`]
}

/** A statement for people. */
export function statementText({ sql, rows, shown = inlineSql(sql) }: PlannedStatement): string {
  if (rows === undefined) return shown
  return `-- reads ${'stream' in rows ? 'a stream' : rows.file}\n${shown}`
}
