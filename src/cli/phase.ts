import type { WaitingRevision } from '../commands/phase.ts'
import type { Phase } from '../graph/revision.ts'
import { Misuse } from './options.ts'
import type { Style } from './style.ts'
import { plural } from './text.ts'

/** Reads the value of `--phase`; nothing where it was not given. */
export function phaseOption(text: string | undefined): { readonly phase?: Phase } {
  if (text === undefined) return {}
  if (text === 'expand' || text === 'contract') return { phase: text }
  throw new Misuse(`--phase cannot be ${JSON.stringify(text)}.`, { hint: 'Say "expand" or "contract".' })
}

/** The border above the revisions of a turn: when in a deploy they run, and by which command. */
export function borderText(turn: number, style: Style): string {
  const when = turnText(turn)
  const rule = '─'.repeat(Math.max(2, borderWidth - when.length))
  const command = `limbeck upgrade --phase ${turn % 2 === 0 ? 'expand' : 'contract'}`
  const text = turn < 2 ? command : 'in a later deploy'
  return `${style.accent('──')} ${style.strong(when)} ${style.accent(rule)} ${style.faint(text)}`
}

const borderWidth = 40

/** When a turn is. */
export function turnText(turn: number): string {
  const applications = ['the new application', 'the next application']
  const application = applications[Math.floor(turn / 2)] ?? `application ${Math.floor(turn / 2) + 1}`
  return `${turn % 2 === 0 ? 'before' : 'after'} ${application} is out`
}

/** Revisions by turn, the first to run first; each turn keeps their order. */
export function byTurn<Item extends { readonly turn: number }>(
  items: readonly Item[],
): readonly (readonly [turn: number, items: readonly Item[]])[] {
  const turns = [...new Set(items.map(({ turn }) => turn))].toSorted((a, b) => a - b)
  return turns.map((turn) => [turn, items.filter((item) => item.turn === turn)])
}

/** What a phase has left, and why. */
export function waitingText(waiting: readonly WaitingRevision[], style: Style): readonly string[] {
  if (waiting.length === 0) return []
  return [
    '',
    `${plural(waiting.length, 'revision')} ${waiting.length === 1 ? 'waits' : 'wait'}`,
    ...byTurn(waiting).flatMap(([turn, revisions]) => [
      borderText(turn, style),
      ...revisions.flatMap(({ id, message, because }) => [
        `  ${style.strong(id)}  ${message}`,
        style.faint(`      ${because}`),
      ]),
    ]),
  ]
}

/**
 * An expand revision that has to wait for a contract: the new application may need it, and is then not to be brought out.
 * A pipeline sees it by the exit code.
 */
export function leftBehind(
  { waiting }: { readonly waiting: readonly WaitingRevision[] },
  phase: Phase | undefined,
): { readonly exitCode: 0 | 3; readonly notes: readonly string[] } {
  const left = phase === 'expand' ? waiting.filter((revision) => revision.phase !== 'contract') : []
  if (left.length === 0) return { exitCode: 0, notes: [] }
  const ids = left.map(({ id }) => id).join(', ')
  return { exitCode: 3, notes: [`The new application may need what waits behind a contract: ${ids}`] }
}
