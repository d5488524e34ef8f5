import { formOf } from '../backfill/form.ts'
import { defaultPace } from '../backfill/pace.ts'
import { leaseName, offlineLease } from '../connection/lease.ts'
import { cleanSession, sessionSettings } from '../connection/session.ts'
import { LimbeckError } from '../error.ts'
import { backfillGuard, ledgerGuard, offlineLedger } from '../ledger/offline.ts'
import type { LedgerWriter, RunReference } from '../ledger/record.ts'
import type { OfflineStep } from '../operations/operation.ts'
import { factsOf, type Vocabulary } from '../operations/operations.ts'
import type { PlannedRevision } from '../plan/plan.ts'
import { type PlannedStep, type Stage, stageSteps, stageTitles, summarize } from '../plan/stage.ts'
import { closedComment, inlineSql } from '../sql/tag.ts'

/** Something that cannot be written down without a database. */
export class CannotRunOffline extends LimbeckError {
  readonly code = 'CANNOT_RUN_OFFLINE'
  readonly revision: string
  readonly file: string
  readonly line: number | null

  constructor(
    { id, file }: { readonly id: string; readonly file: string },
    line: number | null,
    reason: string,
  ) {
    super(`${file}${line === null ? '' : `:${line}`}: ${id} cannot be a script: ${reason}`, {
      hint: `Write the script up to the revision before it ("limbeck upgrade :${id}-1 --sql"), and run this one with a database.`,
    })
    this.revision = id
    this.file = file
    this.line = line
  }
}

/** Milliseconds that a script's statement waits for a lock: nobody tries it again, and what queues behind it waits too. */
export const scriptLockTimeout = 5_000
const lockTimeout = `SET lock_timeout = ${scriptLockTimeout}`

export type OfflineScript = {
  /** In a line: what it does, from where to where. */
  readonly title: string
  readonly major: number
  readonly ledger: LedgerWriter
  readonly plans: readonly {
    readonly planned: PlannedRevision
    readonly file: { readonly checksum: string }
    readonly vocabulary: Vocabulary
  }[]
  /** What the database has to have, and what it must not have yet, for the script to be the right one. */
  readonly start: { readonly applied: readonly string[]; readonly absent: readonly string[] }
  /** What else has to hold before it does anything, as statements that stop it. */
  readonly guards?: readonly string[]
}

/**
 * A plan as one script for psql: the same stages, transactions and records in the ledger as a run has. It stops at the
 * first error with everything before it done and recorded, so that `limbeck upgrade` can go on there.
 */
export function offlineScript(script: OfflineScript): string {
  const { head, work } = offlineParts(script)
  return `${head}\n\n${work}`
}

/** The same in two: what sets the session and stops what should not begin, and what is done then. */
export function offlineParts({ title, major, ledger, plans, start, guards = [] }: OfflineScript): {
  readonly head: string
  readonly work: string
} {
  const head = [
    frame(title, major),
    offlineLease(leaseName(ledger.schema)),
    offlineLedger(ledger.schema),
    ledgerGuard(ledger.schema, start),
    ...guards,
  ]
  const work = [...plans.map((plan) => revisionText(plan, ledger)), echo(`${title}: done`)]
  return { head: head.join('\n\n'), work: work.join('\n\n') }
}

/** What every script of Limbeck's begins with. */
export function frame(title: string, major: number): string {
  return `-- ${title.replaceAll('\n', ' ')}, for PostgreSQL ${major} and newer.
-- psql -X -v ON_ERROR_STOP=1 -f FILE stops at the first error; what is done then is recorded, and "limbeck upgrade" goes on there.
\\set ON_ERROR_STOP on
\\set QUIET on
${block([sessionSettings, lockTimeout])}`
}

function revisionText(
  { planned, file, vocabulary }: OfflineScript['plans'][number],
  ledger: LedgerWriter,
): string {
  const { revision, direction, stages, open } = planned
  if (open !== null)
    throw new CannotRunOffline(revision, open.at?.line ?? null, 'it reads the database while it runs.')
  const recorded = { ...revision, checksum: file.checksum }
  const texts = stages.map((stage, n) => {
    const known: RunReference = { id: n === 0 ? null : ledger.unfinishedRun(revision.id), direction }
    const summary = { ...summarize(stage, n + 1), answers: [] }
    const last = n === stages.length - 1
    const heading = stageTitles(stage).map((title) => `-- ${title.replaceAll('\n', ' ')}`)
    if (stage.type === 'transaction') {
      const copy = stage.statements.find(({ rows }) => rows !== undefined)
      if (copy !== undefined)
        throw new CannotRunOffline(revision, copy.at?.line ?? null, 'its rows are read when it runs.')
      const record = last
        ? ledger.revisionDone(known, recorded, summary)
        : ledger.stageDone(known, recorded, summary)
      const statements = stage.statements.map(({ sql }) => inlineSql(sql))
      return [...heading, block(['BEGIN', ...statements, record, 'COMMIT'])].join('\n')
    }
    const begun = { ...known, id: ledger.unfinishedRun(revision.id) }
    return [
      ...heading,
      block([ledger.stageBegun(known, recorded, summary)]),
      ...alone(planned, stage, { ledger, run: begun.id, ordinal: n + 1 }),
      block([ledger.stageDone(begun, recorded, summary)]),
      ...(last ? [block([ledger.revisionDone(begun, recorded, null)])] : []),
    ].join('\n')
  })
  const nothing =
    stages.length === 0 ? [block([ledger.revisionDone({ id: null, direction }, recorded, null)])] : []
  const notes = [
    ...planned.loses.map((what) => `-- This loses ${what}.`),
    ...planned.warns.map((what) => `-- Note: ${what}.`),
  ].map((note) => note.replaceAll('\n', ' '))
  const opening = [echo(`${revision.id}: ${revision.message}`), ...notes].join('\n')
  const handwritten = stages.flatMap(stageSteps).some((step) => step.handwritten)
  const guards = planned.directives.flatMap(({ directive }) => {
    const { title, needsBackfills } = factsOf(directive, vocabulary)
    return needsBackfills.length === 0 ? [] : [backfillGuard(ledger.schema, title, needsBackfills)]
  })
  return [
    opening,
    ...guards,
    ...texts,
    ...nothing,
    ...(handwritten ? [block([...cleanSession, lockTimeout])] : []),
  ].join('\n\n')
}

/** A stage with transactions of its own. */
function alone(
  { revision }: PlannedRevision,
  stage: Exclude<Stage, { readonly type: 'transaction' }>,
  at: { readonly ledger: LedgerWriter; readonly run: string; readonly ordinal: number },
): readonly string[] {
  const refuse = (step: PlannedStep | undefined, reason: string) =>
    new CannotRunOffline(revision, step?.at?.line ?? null, reason)
  const [step] = stageSteps(stage)
  if (stage.type === 'procedure') {
    const { preview, offline = preview } = stage.step.procedure
    if ('refused' in offline) throw refuse(step, offline.refused)
    // As in a run, nobody waits behind it, so it waits as long as it takes.
    return ['SET lock_timeout = 0;', ...offline.map(offlineText), `${lockTimeout};`]
  }
  const { offline } = formOf(stage.step.backfill)
  if (offline === undefined)
    throw refuse(step, 'its backfill is done by a function, which the server cannot run.')
  const { ledger, run, ordinal } = at
  return [block([offline({ ledger, run, stage: ordinal, pace: defaultPace })])]
}

function offlineText(step: OfflineStep): string {
  return typeof step === 'string' ? block([step]) : `${step.each}\n\\gexec`
}

function block(statements: readonly string[]): string {
  return statements.map((statement) => `${closedComment(statement.trimEnd())};`).join('\n')
}

/** Says a line to who watches the script. psql reads a quoted word as it stands; else it would run what is in backquotes. */
function echo(text: string): string {
  return `\\echo '${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', ' ')}'`
}
