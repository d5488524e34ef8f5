import type { WaitingRevision } from '../commands/phase.ts'
import type { Phase } from '../graph/revision.ts'
import { Misuse } from './options.ts'
import type { Style } from './style.ts'
import { columns, plural } from './text.ts'

/** Reads the value of `--phase`; nothing where it was not given. */
export function phaseOption(text: string | undefined): { readonly phase?: Phase } {
  if (text === undefined) return {}
  if (text === 'expand' || text === 'contract') return { phase: text }
  throw new Misuse(`--phase cannot be ${JSON.stringify(text)}.`, { hint: 'Say "expand" or "contract".' })
}

/** The border above the revisions of a round: when in a deploy they run, and by which command. */
export function borderText(round: number, style: Style): string {
  if (round === 0) return border('before the new application is out', 'limbeck upgrade --phase expand', style)
  if (round === 1) return border('after it is out', 'limbeck upgrade --phase contract', style)
  return border(`after ${round === 2 ? 'the next one' : `${round - 1} more`}`, 'in a later deploy', style)
}

function border(when: string, command: string, style: Style): string {
  return `${style.accent('──')} ${style.strong(when)}  ${style.faint(command)}`
}

/** Revisions by round, the first to run first; each round keeps their order. */
export function byRound<Item extends { readonly round: number }>(
  items: readonly Item[],
): readonly (readonly [round: number, items: readonly Item[]])[] {
  const rounds = [...new Set(items.map(({ round }) => round))].toSorted((a, b) => a - b)
  return rounds.map((round) => [round, items.filter((item) => item.round === round)])
}

/** What a phase has left, and why. */
export function waitingText(waiting: readonly WaitingRevision[], style: Style): readonly string[] {
  if (waiting.length === 0) return []
  return [
    '',
    `${plural(waiting.length, 'revision')} ${waiting.length === 1 ? 'waits' : 'wait'}`,
    ...byRound(waiting).flatMap(([round, revisions]) => [
      borderText(round, style),
      columns(
        revisions.map(({ id, message, because }) => [`  ${style.strong(id)}`, message, style.faint(because)]),
      ),
    ]),
  ]
}
