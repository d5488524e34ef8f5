import { inlineSql } from '../sql/tag.ts'
import type { PlannedStatement, Stage } from './stage.ts'

/** A stage's SQL for people: its values are literals, and a backfill is told by what its batches do. */
export function stageSql(stage: Stage): readonly string[] {
  if (stage.type === 'transaction') return stage.statements.map(statementText)
  if (stage.type === 'procedure') return stage.step.procedure.preview
  return [`-- in batches: ${stage.step.backfill.preview}`]
}

/** A statement for people. */
export function statementText({ sql, rows, shown = inlineSql(sql) }: PlannedStatement): string {
  if (rows === undefined) return shown
  return `-- reads ${'stream' in rows ? 'a stream' : rows.file}\n${shown}`
}
