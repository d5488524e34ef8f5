import { inlineSql } from '../sql/tag.ts'
import type { Stage } from './stage.ts'

/** A stage's SQL for people: its values are literals, and a backfill is told by what its batches do. */
export function stageSql(stage: Stage): readonly string[] {
  if (stage.type === 'transaction') return stage.statements.map(({ sql }) => inlineSql(sql))
  if (stage.type === 'procedure') return stage.step.procedure.preview
  return [`-- in batches: ${stage.step.backfill.preview}`]
}
