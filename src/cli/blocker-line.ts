import type { Blocker } from '../migrate/blockers.ts'
import { cut, duration } from './text.ts'

/** Who it is, and in a line below what it runs or ran last. */
export function blockerLines(words: string, blocker: Blocker, width: number): readonly string[] {
  const { query, seconds } = blocker
  const age = seconds === null ? '' : `, open for ${duration(seconds * 1000)}`
  const head = cut(`  … ${words} ${blockerName(blocker)}${age} (${details(blocker).join(', ')})`, width)
  return query ? [head, cut(`    ${query.replaceAll(/\s+/g, ' ')}`, width)] : [head]
}

/** `session 4711`, or `prepared transaction "transfer"`. */
export function blockerName({ processId, preparedAs }: Blocker): string {
  return processId === null ? `prepared transaction ${JSON.stringify(preparedAs)}` : `session ${processId}`
}

function details({ user, application, state, backend, preparedAs, waits }: Blocker): readonly string[] {
  const doing = waits ? 'waits itself' : preparedAs === null ? state : null
  const what = backend === null || backend === 'client backend' ? null : backend
  return [doing, what, application, user].flatMap((part) => (part ? [part] : []))
}
