import type { Evaluation } from '../python/evaluation.ts'

/** What keeps something of the database's in mind, and has to hear of what statements do to it. */
export type Listener = {
  /** A statement is said; it refuses one that would see a difference. */
  hear(statement: string): void
  /** At the end of a function: why that is not what it seems to be; null where all is well. */
  end(): string | null
}

const listeners = new WeakMap<Evaluation, Set<Listener>>()

/** From now on, it hears of each statement. */
export function listen(listener: Listener, evaluation: Evaluation): void {
  const all = listeners.get(evaluation) ?? new Set()
  all.add(listener)
  listeners.set(evaluation, all)
}

/** What is left to say of a function at its end. */
export function reasonsAtEnd(evaluation: Evaluation): readonly string[] {
  return [...(listeners.get(evaluation) ?? [])].flatMap((listener) => listener.end() ?? [])
}

/** Tells all that listen of a statement. */
export function announce(statement: string, evaluation: Evaluation): void {
  for (const listener of listeners.get(evaluation) ?? []) listener.hear(statement)
}
