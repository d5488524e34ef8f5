import { LimbeckError } from '../error.ts'
import { replacedIds } from '../graph/replaces.ts'
import type { BackfillNeed, BackfillTouches, TouchedColumns } from '../operations/backfill-plan.ts'
import { touchesOf } from '../operations/backfill-plan.ts'
import { factsOf, type Vocabulary } from '../operations/operations.ts'
import { RevisionMistake } from '../script/revision-mistake.ts'
import type { PlannedRevision } from './plan.ts'
import { cutStages, type PlannedBackfill, type PlannedStep } from './stage.ts'

/** A backfill that its revision was recorded without, and how far it is. */
export type UnfinishedBackfill = {
  readonly revision: string
  /** The revisions for which that one stands: what needs a backfill of one of them needs this. */
  readonly replaced?: readonly string[]
  readonly title: string
  readonly scanned: number
  readonly estimated: number | null
  readonly touches: BackfillTouches
}

/** Something needs a backfill that is not finished. */
export class BackfillUnfinished extends LimbeckError {
  readonly code = 'BACKFILL_UNFINISHED'
  readonly backfill: UnfinishedBackfill

  constructor(what: string, backfill: UnfinishedBackfill) {
    const { revision, title, scanned, estimated } = backfill
    const of = estimated === null || scanned > estimated ? '' : ` of about ${estimated}`
    super(
      `${what} needs the backfill ${title} of ${revision}, which is not finished: ${scanned}${of} rows are done.`,
      {
        hint: `Finish it with "limbeck backfill run ${revision}", and run the command again. What needs it has not been begun.`,
      },
    )
    this.backfill = backfill
  }
}

/** A backfill that cannot be detached where it stands. */
export class CannotDetach extends LimbeckError {
  readonly code = 'CANNOT_DETACH'

  constructor(title: string, reason: string) {
    super(`The backfill ${title} cannot be detached: ${reason}`, {
      hint: 'Take "detach" out, or give the backfill a revision of its own.',
    })
  }
}

/** Whether something needs what a backfill touches. Of a name without a schema, nobody knows the schema: then it may be the same. */
export function isNeeded(
  need: BackfillNeed,
  { revision, replaced = [], touches }: Pick<UnfinishedBackfill, 'revision' | 'replaced' | 'touches'>,
): boolean {
  if ('revision' in need) return need.revision === revision || replaced.includes(need.revision)
  return touches.some(
    (touched) =>
      touched.table === need.table &&
      (touched.schema === undefined || need.schema === undefined || touched.schema === need.schema) &&
      sharesColumn(touched, need.columns),
  )
}

function sharesColumn({ columns }: TouchedColumns, needed: readonly string[] | undefined): boolean {
  return needed === undefined || columns === null || columns.some((column) => needed.includes(column))
}

/** Directives that need a backfill that is not finished, each with what there is to say of it. */
export function unmetNeeds(
  { directives }: Pick<PlannedRevision, 'directives'>,
  unfinished: readonly UnfinishedBackfill[],
  vocabulary: Vocabulary,
): readonly { readonly line: number | null; readonly refusal: BackfillUnfinished }[] {
  return directives.flatMap(({ directive, at }) => {
    const { needsBackfills, title } = factsOf(directive, vocabulary)
    const needed = unfinished.find((backfill) => needsBackfills.some((need) => isNeeded(need, backfill)))
    return needed === undefined
      ? []
      : [{ line: at?.line ?? null, refusal: new BackfillUnfinished(title, needed) }]
  })
}

/** Throws where a directive needs a backfill that is not finished, with its file and line. */
export function refuseUnfinished(
  plan: Pick<PlannedRevision, 'revision' | 'directives'>,
  unfinished: readonly UnfinishedBackfill[],
  vocabulary: Vocabulary,
): void {
  const [unmet] = unmetNeeds(plan, unfinished, vocabulary)
  if (unmet === undefined) return
  const { id, file } = plan.revision
  throw new RevisionMistake(id, file, unmet.line, unmet.refusal)
}

/** Throws where a backfill asks to be detached that cannot be, with its file and line. */
export function refuseDetached(
  { revision, steps }: Pick<PlannedRevision, 'revision' | 'steps'>,
  reason: string,
): void {
  const step = steps.flat().find((one) => one.run === 'backfill' && one.backfill.detach === true)
  if (step?.run !== 'backfill') return
  const refused = new CannotDetach(step.backfill.title, reason)
  throw new RevisionMistake(revision.id, revision.file, step.at?.line ?? null, refused)
}

/**
 * Decides which backfills of an upgrade its revisions are recorded without: those that say so, or all, as far as nothing that
 * comes after in the same run needs them. What is meant for all is taken carefully: not where the revision
 * goes on with what locks their tables, with SQL of the author's, or with what is not known before it runs.
 */
export function withDetached(
  plans: readonly PlannedRevision[],
  { all, vocabulary }: { readonly all: boolean; readonly vocabulary: Vocabulary },
): readonly PlannedRevision[] {
  return plans.map((plan, n) => {
    const later = plans.slice(n + 1)
    const kept: string[] = []
    const steps = plan.steps.map((ofDirective, m) => {
      const last = ofDirective.at(-1)
      if (last?.run !== 'backfill') return ofDirective
      const asked = last.backfill.detach === true || (all && isLoose(plan, m, last, vocabulary))
      const detached = asked && !isNeededAfter(plan, m, last, later, vocabulary)
      if (last.backfill.detach === true && !detached)
        kept.push(
          `the backfill ${last.backfill.title} is not detached: what comes after in this run needs it`,
        )
      return detached ? [...ofDirective.slice(0, -1), { ...last, detached }] : ofDirective
    })
    return { ...plan, steps, stages: cutStages(steps.flat()), warns: [...plan.warns, ...kept] }
  })
}

function isNeededAfter(
  plan: PlannedRevision,
  index: number,
  { backfill }: PlannedBackfill,
  later: readonly PlannedRevision[],
  vocabulary: Vocabulary,
): boolean {
  const after = [...plan.directives.slice(index + 1), ...later.flatMap(({ directives }) => directives)]
  const { id, replaces } = plan.revision
  const own = { revision: id, replaced: replacedIds(replaces), touches: touchesOf(backfill) }
  return after.some(({ directive }) =>
    factsOf(directive, vocabulary).needsBackfills.some((need) => isNeeded(need, own)),
  )
}

/** Whether nothing that its revision says after it may rely on it, as far as that can be told without being asked. */
function isLoose(
  plan: PlannedRevision,
  index: number,
  { backfill }: PlannedBackfill,
  vocabulary: Vocabulary,
): boolean {
  if (plan.open !== null) return false
  const tables = touchesOf(backfill).map(({ schema, table }) => ({ schema, table }))
  const locks = plan.directives
    .slice(index + 1)
    .flatMap(({ directive }) => factsOf(directive, vocabulary).locks)
  const following: readonly PlannedStep[] = plan.steps.slice(index + 1).flat()
  return (
    !following.some(({ handwritten }) => handwritten) &&
    !locks.some((lock) =>
      tables.some(
        ({ schema, table }) =>
          table === lock.table &&
          (schema === undefined || lock.schema === undefined || schema === lock.schema),
      ),
    )
  )
}
