import { type LockMode, lockModes } from '../operations/operation.ts'
import type { Look } from './look.ts'
import type { HeldLock, Observation, ObservedLock } from './observation.ts'

/** The strongest lock on each relation that was taken between two looks. */
export function locksBetween(before: Look, after: Look): ReadonlyMap<number, LockMode> {
  const taken = new Map<number, LockMode>()
  for (const [oid, modes] of after.locks) {
    const had = before.locks.get(oid) ?? []
    const mode = strongest(modes.filter((one) => !had.includes(one)))
    if (mode !== null) taken.set(oid, mode)
  }
  return taken
}

/** An index that is made anew has another oid and the same name. */
export function eachOnce(locks: readonly ObservedLock[]): readonly ObservedLock[] {
  const byRelation = new Map<string, ObservedLock>()
  for (const lock of locks) {
    const other = byRelation.get(lock.relation) ?? lock
    const stronger = isStronger(lock.mode, other.mode) ? lock : other
    byRelation.set(lock.relation, { ...stronger, existedBefore: lock.existedBefore || other.existedBefore })
  }
  return [...byRelation.values()]
}

/** The strongest lock on each relation, and which statement took it. */
export function heldWith(held: readonly HeldLock[], { locks, statement }: Observation): readonly HeldLock[] {
  const byRelation = new Map(held.map((lock) => [lock.relation, lock]))
  for (const lock of locks) {
    const had = byRelation.get(lock.relation)
    if (had === undefined || isStronger(lock.mode, had.mode))
      byRelation.set(lock.relation, { ...lock, by: statement })
  }
  return [...byRelation.values()]
}

export function isStronger(one: LockMode, other: LockMode): boolean {
  return lockModes.indexOf(one) > lockModes.indexOf(other)
}

export function isAtLeast(one: LockMode, other: LockMode): boolean {
  return !isStronger(other, one)
}

function strongest(modes: readonly LockMode[]): LockMode | null {
  return modes.toSorted((a, b) => lockModes.indexOf(b) - lockModes.indexOf(a))[0] ?? null
}
