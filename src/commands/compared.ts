import { kinds } from '../catalog/kinds.ts'
import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import { withoutUndeclared } from '../catalog/undeclared-partitions.ts'
import type { Autogenerate } from './autogenerate-options.ts'

/** The objects that are compared. `declared`: with what they are, where partitions that it does not name are left alone. */
export function compared(snapshot: Snapshot, options: Required<Autogenerate>, declared?: Snapshot): Snapshot {
  const isOut = (object: CatalogObject): boolean => {
    const about = kinds.get(object.kind)?.about
    if (about === 'other servers' || (about !== undefined && !options[about])) return true
    if (options.exclude({ kind: object.kind, key: object.key })) return true
    return [object.parent, object.goesWith].some((key) => {
      const whole = key === undefined ? undefined : snapshot.get(key)
      return whole !== undefined && isOut(whole)
    })
  }
  const looked = new Map([...snapshot].filter(([, object]) => !isOut(object)))
  return declared === undefined ? looked : withoutUndeclared(looked, declared)
}

/**
 * Two snapshots with whose their objects are and who may use them, which is not compared: the same on both sides, so that what is dropped and made
 * again has them again.
 */
export function withCarried(
  { from, to }: { readonly from: Snapshot; readonly to: Snapshot },
  whole: Snapshot,
  options: Required<Autogenerate>,
): { readonly from: Snapshot; readonly to: Snapshot } {
  const carried = [...whole].filter(([, { kind, parent }]) => {
    const about = kinds.get(kind)?.about
    if (about !== 'owners' && about !== 'privileges') return false
    return !options[about] && parent !== undefined && from.has(parent) && to.has(parent)
  })
  return { from: new Map([...from, ...carried]), to: new Map([...to, ...carried]) }
}
