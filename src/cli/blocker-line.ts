import type { Blocker } from '../migrate/blockers.ts'
import { cut, duration } from './text.ts'

/** Who it is and since when, and in a line below what it runs or ran last. */
export function blockerLines(words: string, blocker: Blocker, width: number): readonly string[] {
  const { query } = blocker
  const head = cut(`  … ${words} ${blockerName(blocker)} (${details(blocker).join(', ')})`, width)
  return query ? [head, cut(`    ${query.replaceAll(/\s+/g, ' ')}`, width)] : [head]
}

/** `session 4711`, or `prepared transaction "transfer"`. */
export function blockerName({ processId, preparedAs }: Blocker): string {
  return processId === null ? `prepared transaction ${JSON.stringify(preparedAs)}` : `session ${processId}`
}

function details({ user, application, state, seconds, backend, waits }: Blocker): readonly string[] {
  const who = backend === null || backend === 'client backend' ? (user ?? 'unknown') : backend
  return [
    application ? `${who}, ${application}` : who,
    ...(waits ? ['waits itself'] : state === null || state === 'prepared' ? [] : [state]),
    seconds === null ? 'age unknown' : `open for ${duration(seconds * 1000)}`,
  ]
}
