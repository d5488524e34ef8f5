import type { Revision } from '../graph/revision.ts'
import { factsOf, type Vocabulary } from '../operations/operations.ts'
import type { RecordedDirective, Recording } from '../operations/recording.ts'
import { derivedDowngrade } from './plan.ts'

/** A directive of an upgrade that has not come to its end: how many steps it has, how many are done, how many were begun. */
export type BegunDirective = {
  readonly recorded: RecordedDirective
  readonly steps: number
  readonly done: number
  readonly begun: number
}

/**
 * What takes an upgrade back that came so far, the last directive first: where one is done its inverse, and where only some of its
 * steps were begun what takes these back. Throws an `IrreversibleRevision` where one that is done has no inverse.
 */
export function abortOf(
  revision: Revision,
  directives: readonly BegunDirective[],
  vocabulary: Vocabulary,
): Recording {
  const whole = directives.filter(({ steps, done }) => done === steps)
  const partly = directives.filter(({ steps, done, begun }) => done < steps && begun > 0)
  const done = { directives: whole.map(({ recorded }) => recorded), open: null }
  const undoing = derivedDowngrade(revision, done, vocabulary)
  const stays = partly.flatMap(({ recorded }) => factsOf(recorded.directive, vocabulary).stays)
  return {
    open: null,
    directives: [
      ...partly.toReversed().map(({ recorded, begun }) => ({ ...recorded, begun })),
      ...undoing.directives,
    ],
    warns: [...stays, ...(undoing.warns ?? [])],
  }
}
