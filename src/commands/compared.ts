import { kinds } from '../catalog/kinds.ts'
import { withoutUndeclared } from '../catalog/partitioned.ts'
import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import type { Autogenerate } from './autogenerate-options.ts'
import { chosen } from './chosen-objects.ts'

/** Whether one is chosen to be left out, or to be looked at. */
type Standing = { readonly excluded: boolean; readonly included: boolean }

/** The objects that are compared. `declared`: with what they are, where partitions that it does not name are left alone. */
export function compared(snapshot: Snapshot, options: Required<Autogenerate>, declared?: Snapshot): Snapshot {
  const [isIncluded, isExcluded] = [chosen(options.include), chosen(options.exclude)]
  const standing = new Map<CatalogObject, Standing>()
  // With what it is a part of, or goes with.
  const standingOf = (object: CatalogObject): Standing => {
    const known = standing.get(object)
    if (known !== undefined) return known
    const wholes = wholesOf(object, snapshot).map(standingOf)
    const found = {
      excluded: wholes.some(({ excluded }) => excluded) || isExcluded(object),
      included: wholes.some(({ included }) => included) || isIncluded(object),
    }
    standing.set(object, found)
    return found
  }
  const isOut = (object: CatalogObject): boolean => {
    const about = kinds.get(object.kind)?.about
    if (about === 'other servers' || (about !== undefined && !options[about])) return true
    const { excluded, included } = standingOf(object)
    return excluded || !included
  }
  const looked = new Map([...snapshot].filter(([, object]) => !isOut(object)))
  return declared === undefined ? looked : withoutUndeclared(looked, declared)
}

/** What an object is a part of, and what it goes with. */
function wholesOf({ parent, goesWith }: CatalogObject, snapshot: Snapshot): readonly CatalogObject[] {
  return [parent, goesWith].flatMap((key) => {
    const whole = key === undefined ? undefined : snapshot.get(key)
    return whole === undefined ? [] : [whole]
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
