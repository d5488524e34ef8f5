/** PostgreSQL's table locks, each stronger than those before it (Share and ShareUpdateExclusive cannot be compared). */
export const lockModes = [
  'AccessShare',
  'RowShare',
  'RowExclusive',
  'ShareUpdateExclusive',
  'Share',
  'ShareRowExclusive',
  'Exclusive',
  'AccessExclusive',
] as const
export type LockMode = (typeof lockModes)[number]

export function strongest(modes: Iterable<LockMode>): LockMode | undefined {
  return [...modes].toSorted((a, b) => lockModes.indexOf(b) - lockModes.indexOf(a))[0]
}

/** `AccessExclusiveLock`, as pg_locks says it. */
export function lockMode(text: string): LockMode {
  const mode = lockModes.find((known) => `${known}Lock` === text)
  if (!mode) throw new Error(`Not a lock of a relation: ${text}`)
  return mode
}
