import type { Dependency } from './dependencies.ts'
import type { Address, ReadObject } from './object-kind.ts'
import type { CatalogObject, Snapshot } from './snapshot.ts'

/** An object as it was read, where it was read; null for one that has no place of its own in the catalogs. */
export type PlacedObject = {
  readonly object: ReadObject
  readonly kind: string
  readonly address: Address | null
}

/** A table has at most 1600 columns (MaxHeapAttributeNumber), so that an OID and a column's number are one number. */
const mostParts = 2048

/** By address. Tens of thousands of them are looked up, so that they are numbers, and no texts. */
export class AddressMap<Value> {
  readonly #catalogs = new Map<number, Map<number, Value>>()

  get({ classid, objid, objsubid }: Address): Value | undefined {
    return this.#catalogs.get(classid)?.get(objid * mostParts + objsubid)
  }

  set({ classid, objid, objsubid }: Address, value: Value): void {
    const catalog = this.#catalogs.get(classid) ?? new Map<number, Value>()
    this.#catalogs.set(classid, catalog)
    catalog.set(objid * mostParts + objsubid, value)
  }
}

/** Every object with what it needs. What is known to pg_depend and is no object here is a part of one: of a view its rule. */
export function withNeeds(placed: readonly PlacedObject[], dependencies: readonly Dependency[]): Snapshot {
  const needs = new Map<string, Set<string>>()
  const parents = new Map<string, string | undefined>()
  for (const { object } of placed) {
    const { key, parent } = object
    parents.set(key, parent)
    needs.set(key, new Set(parent === undefined ? object.needs : [...(object.needs ?? []), parent]))
  }
  const isWithin = (key: string | undefined, whole: string): boolean =>
    key !== undefined && (key === whole || isWithin(parents.get(key), whole))
  const keyAt = keysByAddress(placed, dependencies)
  const said = new Map(placed.map(({ object }) => [object.key, object.needs]))
  for (const dependency of dependencies) {
    const key = keyAt(dependency)
    const needed = key === undefined ? undefined : keyAt(referenced(dependency))
    // A table whose partition key is an expression depends on a part of itself.
    if (key === undefined || needed === undefined || isWithin(needed, key)) continue
    // What is said the other way round is how it is made: a constraint goes with the index that has taken its own for a part.
    if (said.get(needed)?.includes(key) !== true) needs.get(key)?.add(needed)
  }
  const snapshot = new Map<string, CatalogObject>()
  for (const { object, kind } of placed) {
    const known = [...(needs.get(object.key) ?? [])].filter((key) => needs.has(key))
    snapshot.set(object.key, { ...object, kind, needs: known })
  }
  return snapshot
}

/** The key of the object at an address, or of the one that it is a part of. */
function keysByAddress(
  placed: readonly PlacedObject[],
  dependencies: readonly Dependency[],
): (address: Address) => string | undefined {
  const keys = new AddressMap<string>()
  for (const { object, address } of placed) if (address !== null) keys.set(address, object.key)
  const wholes = new AddressMap<Address>()
  for (const dependency of dependencies) {
    if (dependency.part === null || keys.get(dependency) !== undefined) continue
    if (dependency.part === 'internal' || wholes.get(dependency) === undefined)
      wholes.set(dependency, referenced(dependency))
  }
  const keyAt = (address: Address): string | undefined => {
    const known = keys.get(address)
    if (known !== undefined) return known
    const whole = wholes.get(address)
    if (whole !== undefined) return keyAt(whole)
    // A column of what has no columns of its own here, such as a view.
    return address.objsubid === 0 ? undefined : keyAt({ ...address, objsubid: 0 })
  }
  return keyAt
}

function referenced({ refclassid, refobjid, refobjsubid }: Dependency): Address {
  return { classid: refclassid, objid: refobjid, objsubid: refobjsubid }
}
