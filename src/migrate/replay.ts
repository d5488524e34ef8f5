import type { UnfinishedRun } from '../ledger/state.ts'
import type { Server } from '../operations/operation.ts'
import type { Vocabulary } from '../operations/operations.ts'
import {
  type Performer,
  perform,
  type RecordedDirective,
  type RevisionFunction,
} from '../operations/recording.ts'
import type { BegunDirective } from '../plan/abort.ts'
import { type PlannedRevision, stepsOf } from '../plan/plan.ts'
import { joins, type PlannedStatement, type PlannedStep, type Stage, summarize } from '../plan/stage.ts'
import { StageChanged } from './failure.ts'

export type ReplayOptions = {
  readonly planned: PlannedRevision
  /** The revision's function, for one that reads the database; a closed plan is gone over by its directives. */
  readonly revise: RevisionFunction
  readonly run: UnfinishedRun
  /** Of the file as it is now. */
  readonly checksum: string
  readonly server: Server
  readonly vocabulary: Vocabulary
}

/**
 * Goes over what an upgrade did that has not come to its end: the same function, given the same rows, says the same again. Gives
 * each directive with how many of its steps are done. Throws a `StageChanged` where an edited file says something else now.
 */
export async function replay(options: ReplayOptions): Promise<readonly BegunDirective[]> {
  const { planned, revise, vocabulary, run } = options
  const begun: BegunDirective[] = []
  const stages = stageCounter(options)
  // The run came no further than that: the function waits for ever, as it does where it is only recorded.
  const end = Promise.withResolvers<void>()
  const stop = (): Promise<never> => {
    end.resolve()
    return new Promise(() => {})
  }
  const performer: Performer = {
    async perform(directives) {
      for (const directive of directives) begun.push(await progressOf(directive, stages, options))
      if (begun.at(-1)?.begun === begun.at(-1)?.steps) return
      stages.close()
      await stop()
    },
    async query() {
      const { ordinal, answers } = stages.query()
      const record = run.stages.find((stage) => stage.ordinal === ordinal)
      if (record === undefined) return stop()
      const rows = record.answers[answers]
      if (rows !== undefined) return rows
      const { id } = planned.revision
      throw new StageChanged(id, ordinal, record.title, `${record.title}, and one more query`)
    },
  }
  const whole =
    planned.open === null
      ? performer.perform(planned.directives)
      : perform(revise, performer, { vocabulary, file: planned.revision.file })
  await Promise.race([whole.then(stages.end), end.promise])
  return begun
}

async function progressOf(
  recorded: RecordedDirective,
  stages: StageCounter,
  { planned: { revision }, run, server, vocabulary }: ReplayOptions,
): Promise<BegunDirective> {
  const steps = await stepsOf(recorded, { revision, server, vocabulary })
  const records = steps
    .map((step) => stages.push(step))
    .map((ordinal) => run.stages.find((stage) => stage.ordinal === ordinal))
    .filter((record) => record !== undefined)
  const done = records.filter(({ status }) => status === 'done').length
  return { recorded, steps: steps.length, done, begun: records.length }
}

/** Counts the stages as the runner does. */
type StageCounter = {
  /** The stage of a step. */
  push(step: PlannedStep): number
  /** The stage of a query, and how many were asked in it before. */
  query(): { readonly ordinal: number; readonly answers: number }
  /** Compares the stage that is open with what was run. */
  close(): void
  /** Nothing more comes: a stage that was begun and is no longer in the file would be left in the database. */
  end(): void
}

function stageCounter({ planned, run, checksum }: ReplayOptions): StageCounter {
  let ordinal = 0
  let answers = 0
  let open: PlannedStatement[] | null = null
  const check = (stage: Stage) => {
    const record = run.stages.find((one) => one.ordinal === ordinal)
    const is = summarize(stage, ordinal)
    if (record === undefined || run.checksum === checksum || record.fingerprint === is.fingerprint) return
    throw new StageChanged(planned.revision.id, ordinal, record.title, is.title)
  }
  const close = () => {
    if (open !== null) check({ type: 'transaction', statements: open })
    open = null
  }
  const end = () => {
    close()
    const beyond = run.stages.find((stage) => stage.ordinal > ordinal)
    if (beyond !== undefined)
      throw new StageChanged(planned.revision.id, beyond.ordinal, beyond.title, 'nothing')
  }
  const begin = () => {
    ordinal++
    answers = 0
    return []
  }
  return {
    close,
    end,
    push(step) {
      if (step.run === 'statement') {
        if (open !== null && !joins(open, step)) close()
        open ??= begin()
        open.push(step)
        return ordinal
      }
      close()
      begin()
      check(step.run === 'procedure' ? { type: 'procedure', step } : { type: 'backfill', step })
      return ordinal
    },
    query() {
      if (open?.at(-1)?.transaction === 'closing') close()
      open ??= begin()
      return { ordinal, answers: answers++ }
    },
  }
}
