import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import type { CopySource, Directive, Server } from '../operations/operation.ts'
import { builtIn, factsOf, type Vocabulary } from '../operations/operations.ts'
import type { OpenEnd, RecordedDirective, Recording } from '../operations/recording.ts'
import { dataFileChecksum, dataFilePath } from '../script/data-file.ts'
import { RevisionMistake } from '../script/revision-mistake.ts'
import { type PlannedDirective, type PlannedPhase, phaseWarnings, plannedPhase } from './phase.ts'
import { cutStages, type PlannedRows, type PlannedStep, type Stage } from './stage.ts'
import { plannedSteps } from './steps.ts'

export type Direction = 'upgrade' | 'downgrade'

/** A revision in one direction, known as far as it can be without a database. */
export type PlannedRevision = {
  readonly revision: Revision
  readonly direction: Direction
  readonly directives: readonly RecordedDirective[]
  /** The steps of each directive. */
  readonly steps: readonly (readonly PlannedStep[])[]
  readonly stages: readonly Stage[]
  /** The query or directive that it awaits; what comes after that is not known before it runs. */
  readonly open: OpenEnd | null
  /** What will be gone for good, a sentence each. */
  readonly loses: readonly string[]
  /** What a careful operator wants to know before. */
  readonly warns: readonly string[]
  /** When in a deploy it runs; null for a downgrade, which has no such time. */
  readonly phase: PlannedPhase | null
}

/** A revision has no `downgrade`, and one cannot be derived from its `upgrade`. */
export class IrreversibleRevision extends LimbeckError {
  readonly code = 'IRREVERSIBLE_REVISION'
  readonly revision: string
  readonly reason: string
  readonly file: string

  constructor(revision: string, reason: string, file: string) {
    super(`The revision ${revision} cannot be undone: ${reason}`, {
      hint: `Write a downgrade function in ${file}, or restore a backup.`,
    })
    this.revision = revision
    this.reason = reason
    this.file = file
  }
}

/** Plans what a revision recorded. */
export async function planRevision(options: {
  readonly revision: Revision
  readonly direction: Direction
  readonly recording: Recording
  readonly server: Server
  readonly vocabulary?: Vocabulary
}): Promise<PlannedRevision> {
  const { revision, direction, recording, server, vocabulary = builtIn } = options
  const planned: PlannedDirective[] = []
  for (const recorded of recording.directives) {
    const steps = await stepsOf(recorded, { revision, server, vocabulary })
    const facts = factsOf(recorded.directive, vocabulary)
    const told = recorded.begun === undefined ? facts : { ...facts, loses: [], warns: [] }
    planned.push({ facts: told, at: recorded.at, steps })
  }
  const facts = planned.map((directive) => directive.facts)
  const phase = direction === 'upgrade' ? plannedPhase(revision, planned, recording.open) : null
  return {
    revision,
    direction,
    directives: recording.directives,
    steps: planned.map(({ steps }) => steps),
    stages: cutStages(planned.flatMap(({ steps }) => steps)),
    open: recording.open,
    loses: facts.flatMap(({ loses }) => loses),
    warns: [
      ...(recording.warns ?? []),
      ...facts.flatMap(({ warns }) => warns),
      ...(phase === null ? [] : phaseWarnings(phase)),
    ],
    phase,
  }
}

/** The downgrade that an upgrade implies: the inverse of each directive, the last one first. */
export function derivedDowngrade(
  revision: Revision,
  recording: Recording,
  vocabulary: Vocabulary = builtIn,
): Recording {
  if (recording.open !== null) {
    const reason = 'its upgrade reads the database, so its downgrade cannot be derived.'
    throw new IrreversibleRevision(revision.id, reason, revision.file)
  }
  const warns: string[] = []
  const directives = recording.directives.toReversed().flatMap(({ directive, at }) => {
    const facts = factsOf(directive, vocabulary)
    const inverse = facts.inverse()
    warns.push(...facts.stays)
    if ('irreversible' in inverse) {
      const line = at === null ? '' : ` (line ${at.line})`
      throw new IrreversibleRevision(revision.id, `${inverse.irreversible}${line}`, revision.file)
    }
    return inverse.map((undoing: Directive) => ({ directive: undoing, at }))
  })
  return { directives, open: null, warns }
}

/** The steps of one directive, with what is wrong in it said together with its line. */
export async function stepsOf(
  recorded: RecordedDirective,
  {
    revision,
    server,
    vocabulary,
  }: { readonly revision: Revision; readonly server: Server; readonly vocabulary: Vocabulary },
): Promise<readonly PlannedStep[]> {
  try {
    return await plannedSteps(recorded, server, (source) => findRows(source, revision), vocabulary)
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error
    throw new RevisionMistake(revision.id, revision.file, recorded.at?.line ?? null, error)
  }
}

async function findRows(source: CopySource, revision: Revision): Promise<PlannedRows> {
  if ('stream' in source) return source
  const path = dataFilePath(revision.file, source.file)
  return { ...source, path, checksum: await dataFileChecksum(path) }
}
