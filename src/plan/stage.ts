import { createHash } from 'node:crypto'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import type { CopySource, Hints, Lock, Procedure } from '../operations/operation.ts'
import type { SourcePosition } from '../operations/recording.ts'
import type { StatementEffect } from '../sql/effect.ts'
import type { Sql } from '../sql/tag.ts'

/** A step, and which directive of the revision it comes from. */
export type PlannedStep = PlannedStatement | PlannedProcedure | PlannedBackfill

type Origin = {
  /** The directive in a line, for people. */
  readonly title: string
  /** Where the revision says it. */
  readonly at: SourcePosition | null
  /** SQL of the author's own, which may have changed the session's settings. */
  readonly handwritten: boolean
  /** What SQL of the author's own does to what an application may use. */
  readonly effect?: StatementEffect
}

export type PlannedStatement = Origin & {
  readonly run: 'statement'
  readonly sql: Sql
  readonly transaction: 'shared' | 'closing' | 'own'
  readonly rows?: PlannedRows
  /** It changes a setting or the role of the session, beyond its own transaction. */
  readonly setsSession?: boolean
  readonly shown?: string
  readonly hints?: Hints
  /** The locks of its directive, at the first of the directive's statements. */
  readonly locks?: readonly Lock[]
}
/** The rows of a COPY; a file is found, and its checksum is part of what the stage says. */
export type PlannedRows =
  | (Extract<CopySource, { readonly file: string }> & { readonly path: string; readonly checksum: string })
  | Extract<CopySource, { readonly stream: unknown }>
export type PlannedProcedure = Origin & { readonly run: 'procedure'; readonly procedure: Procedure }
export type PlannedBackfill = Origin & {
  readonly run: 'backfill'
  readonly backfill: BackfillPlan
  /** The revision is recorded without it; workers finish it. */
  readonly detached?: boolean
}

/** What is recorded as done or not done: one transaction of statements, or one step that has transactions of its own. */
export type Stage =
  | { readonly type: 'transaction'; readonly statements: readonly PlannedStatement[] }
  | { readonly type: 'procedure'; readonly step: PlannedProcedure }
  | { readonly type: 'backfill'; readonly step: PlannedBackfill }

/** Cuts steps into stages: statements run together as far as they may, everything else stands alone. */
export function cutStages(steps: readonly PlannedStep[]): readonly Stage[] {
  const stages: Stage[] = []
  for (const step of steps) {
    const last = stages.at(-1)
    if (last?.type === 'transaction' && joins(last.statements, step)) {
      stages[stages.length - 1] = { type: 'transaction', statements: [...last.statements, step] }
    } else stages.push(stageOf(step))
  }
  return stages
}

/** Whether a step runs in the transaction of the statements before it. */
export function joins(statements: readonly PlannedStatement[], step: PlannedStep): step is PlannedStatement {
  const open = statements.at(-1)?.transaction ?? 'shared'
  return step.run === 'statement' && step.transaction !== 'own' && open === 'shared'
}

function stageOf(step: PlannedStep): Stage {
  if (step.run === 'statement') return { type: 'transaction', statements: [step] }
  return step.run === 'procedure' ? { type: 'procedure', step } : { type: 'backfill', step }
}

/** The steps of a stage, in order. */
export function stageSteps(stage: Stage): readonly PlannedStep[] {
  return stage.type === 'transaction' ? stage.statements : [stage.step]
}

/** What a stage does, a line each directive. */
export function stageTitles(stage: Stage): readonly string[] {
  return [...new Set(stageSteps(stage).map((step) => step.title))]
}

/** A stage in one line. */
function stageTitle(stage: Stage): string {
  return stageTitles(stage).join('; ')
}

/** What the ledger keeps of a stage: its place in the revision, what it does, and a digest of what it says. */
export type StageSummary = {
  readonly ordinal: number
  readonly title: string
  readonly fingerprint: string
}

export function summarize(stage: Stage, ordinal: number): StageSummary {
  return { ordinal, title: stageTitle(stage), fingerprint: stageFingerprint(stage) }
}

/**
 * A digest of what a stage says. A run that goes on after a crash compares it with that of the stage that was done
 * then, so that an edited file cannot have half of its old self and half of its new one applied.
 */
function stageFingerprint(stage: Stage): string {
  return createHash('sha256')
    .update(JSON.stringify(stageContent(stage), contentOf))
    .digest('hex')
    .slice(0, 16)
}

function stageContent(stage: Stage): unknown {
  if (stage.type === 'transaction') return stage.statements.map(statementContent)
  // Who does a backfill, and when, is no part of what it does.
  return stage.type === 'procedure'
    ? stage.step.procedure.preview
    : { ...stage.step.backfill, detach: undefined }
}

/** A secret is left out: a digest of a weak one could be found again. */
function statementContent({ sql, rows, shown }: PlannedStatement): unknown {
  if (shown !== undefined) return shown
  if (rows === undefined) return sql
  return [sql, 'stream' in rows ? rows : rows.checksum]
}

function contentOf(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' || typeof value === 'function' ? String(value) : value
}
