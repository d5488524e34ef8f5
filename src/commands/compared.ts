import { kinds } from '../catalog/kinds.ts'
import { withoutUndeclared } from '../catalog/partitioned.ts'
import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import type { Autogenerate } from './autogenerate-options.ts'
import { chosen } from './chosen-objects.ts'

/** The objects that are compared. `declared`: with what they are, where partitions that it does not name are left alone. */
export function compared(snapshot: Snapshot, options: Required<Autogenerate>, declared?: Snapshot): Snapshot {
  const [isIncluded, isExcluded] = [chosen(options.include), chosen(options.exclude)]
  const isOut = (object: CatalogObject): boolean => {
    const about = kinds.get(object.kind)?.about
    if (about === 'other servers' || (about !== undefined && !options[about])) return true
    const all = [object, ...wholesOf(object, snapshot)]
    return all.some(isExcluded) || !all.some(isIncluded)
  }
  const looked = new Map([...snapshot].filter(([, object]) => !isOut(object)))
  return declared === undefined ? looked : withoutUndeclared(looked, declared)
}

/** What an object is a part of or goes with, and what these are. */
function wholesOf({ parent, goesWith }: CatalogObject, snapshot: Snapshot): readonly CatalogObject[] {
  return [parent, goesWith].flatMap((key) => {
    const whole = key === undefined ? undefined : snapshot.get(key)
    return whole === undefined ? [] : [whole, ...wholesOf(whole, snapshot)]
  })
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
