import type { Evaluation } from '../python/evaluation.ts'

/** What keeps something of the database's in mind, and has to hear of what statements do to it. */
export type Listener = {
  /** A statement is said; it refuses one that would see a difference. */
  hear(statement: string): void
}

const listeners = new WeakMap<Evaluation, Set<Listener>>()

/** From now on, it hears of each statement. */
export function listen(listener: Listener, evaluation: Evaluation): void {
  const all = listeners.get(evaluation) ?? new Set()
  all.add(listener)
  listeners.set(evaluation, all)
}

/** Tells all that listen of a statement. */
export function announce(statement: string, evaluation: Evaluation): void {
  for (const listener of listeners.get(evaluation) ?? []) listener.hear(statement)
}
