import { rmSync, writeFileSync } from 'node:fs'
import { changeBetween } from '../autogenerate/directives.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import { factsOf } from '../operations/operations.ts'
import type { Project } from './project.ts'
import { onShadow } from './prove.ts'
import type { Session } from './session.ts'
import { makeRevisions, unmakeRevisions } from './shadow.ts'
import { columnsOf, type ReadRun, wholeSnapshot } from './squash-pieces.ts'
import { type Draft, trialRevision, type Undoing } from './squash-text.ts'

/** What would replace a run does not make what the run makes. */
export class SquashNotProved extends LimbeckError {
  readonly code = 'SQUASH_NOT_PROVED'
  readonly remaining: readonly string[]

  constructor(remaining: readonly string[]) {
    super(
      `What would replace these revisions does not make what they make: it still needs ${remaining.map((title) => `"${title}"`).join(', ')}.`,
      {
        hint: 'Squash a shorter run, and please report the revisions: this is a bug in Limbeck. Nothing was written.',
      },
    )
    this.remaining = remaining
  }
}

/** What is known once it has been tried. */
export type SquashProof = {
  readonly undoing: Undoing
  readonly irreversible: string | null
  /** Tables and views whose columns come in another order. */
  readonly columnOrder: readonly string[]
}

type Trial = { readonly before: readonly Revision[]; readonly read: ReadRun; readonly draft: Draft }

/**
 * Runs the very file that would be written on an empty database, after what comes before the run, and compares: the upgrade with what the run
 * made, and the downgrade with what there was before it. What undoes it in no way that works is irreversible, and says why.
 */
export async function proveSquash(project: Project, trial: Trial): Promise<SquashProof> {
  let why = ''
  for (const undoing of undoings(trial.read)) {
    const { columnOrder, problem } = await tried(project, trial, undoing)
    const irreversible = typeof undoing === 'object' ? undoing.irreversible : null
    if (problem === null) return { undoing, irreversible, columnOrder }
    why = problem.replaceAll('\n', ' ')
  }
  const undoing = { irreversible: why }
  const { columnOrder } = await tried(project, trial, undoing)
  return { undoing, ...undoing, columnOrder }
}

/** The ways in which it may be undone, the shortest first. */
function undoings({ pieces }: ReadRun): readonly Undoing[] {
  const [irreversible] = pieces.flatMap(({ downgrade }) => ('irreversible' in downgrade ? [downgrade] : []))
  if (irreversible !== undefined) return [irreversible]
  const isDerived = pieces.every(
    ({ upgrade, isUndoneByHand }) => upgrade.directives !== null && !isUndoneByHand,
  )
  return isDerived ? ['derived', 'piece by piece'] : ['piece by piece']
}

async function tried(
  project: Project,
  { before, read, draft }: Trial,
  undoing: Undoing,
): Promise<Pick<SquashProof, 'columnOrder'> & { readonly problem: string | null }> {
  const trial = draft.trial(undoing)
  const revision = trialRevision(trial)
  writeFileSync(trial.file, trial.text)
  try {
    return await onShadow(project, async (session) => {
      await makeRevisions(session, [...before, revision])
      const rest = missingIn(await wholeSnapshot(session), read.to)
      if (rest.length > 0) throw new SquashNotProved(rest)
      const columnOrder = otherOrder(read.columns, await columnsOf(session))
      const problem = typeof undoing === 'object' ? null : await undone(session, revision, read.from)
      return { columnOrder, problem }
    })
  } finally {
    rmSync(trial.file)
  }
}

/** Undoes it, and says why that is not what was before. */
async function undone(session: Session, revision: Revision, from: Snapshot): Promise<string | null> {
  try {
    await unmakeRevisions(session, [revision])
    const [first] = missingIn(await wholeSnapshot(session), from)
    return first === undefined ? null : `what undoes it does not lead back: that would still need "${first}"`
  } catch (error) {
    if (error instanceof LimbeckError) return error.message
    throw error
  }
}

function missingIn(made: Snapshot, wanted: Snapshot): readonly string[] {
  try {
    return changeBetween(made, wanted).directives.map((directive) => factsOf(directive).title)
  } catch (error) {
    if (error instanceof LimbeckError) return [error.message]
    throw error
  }
}

function otherOrder(
  wanted: ReadonlyMap<string, readonly string[]>,
  made: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  return [...wanted]
    .filter(([name, columns]) => made.get(name)?.join('\0') !== columns.join('\0'))
    .map(([name]) => name)
}
