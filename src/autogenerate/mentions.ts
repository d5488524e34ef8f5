import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import { kindAndName, type ObjectReference } from '../operations/object-reference.ts'

/**
 * What an object's texts mention, by key. It is guessed by the name alone, in whatever schema, and so it is good for an order that is better than
 * another, and for nothing else.
 */
export function mentionsIn(snapshot: Snapshot): (object: CatalogObject) => readonly string[] {
  let known: ReadonlyMap<string, readonly string[]> | undefined
  return ({ key, mentions = [] }) => {
    if (mentions.length === 0) return []
    known ??= keysByName(snapshot)
    return mentions.flatMap((name) => known?.get(name) ?? []).filter((other) => other !== key)
  }
}

/** Of the objects that can be named and are no part of another. */
function keysByName(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>()
  for (const { key, parent, reference } of snapshot.values()) {
    if (parent !== undefined || reference === undefined) continue
    const name = nameOf(reference)
    const others = keys.get(name)
    if (others === undefined) keys.set(name, [key])
    else others.push(key)
  }
  return keys
}

function nameOf(reference: ObjectReference): string {
  if ('operator' in reference) return reference.operator
  const [, called] = kindAndName(reference)
  return 'arguments' in reference ? `${called}(` : called
}
