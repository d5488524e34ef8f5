import type { Shape } from '../../src/operations/shape.ts'

/** Shorter than this, a shape is written out each time. */
const shortest = 60

/** The same shapes, with what stands in several of them said once, under a name of its own. */
export function sharedShapes(shapes: ReadonlyMap<string, Shape>): ReadonlyMap<string, Shape> {
  const counts = new Map<string, number>()
  for (const shape of shapes.values()) {
    mapParts(shape, (part) => {
      const text = JSON.stringify(part)
      counts.set(text, (counts.get(text) ?? 0) + 1)
      return part
    })
  }
  const names = new Map<string, string>()
  const shared = new Map<string, Shape>()
  const share = (part: Shape): Shape => {
    const text = JSON.stringify(part)
    if (text.length < shortest || (counts.get(original.get(part) ?? text) ?? 0) < 2) return part
    const name = names.get(text) ?? `shared${names.size + 1}`
    names.set(text, name)
    shared.set(name, part)
    return { named: name }
  }
  // What a part was before its own parts were replaced, which is what was counted.
  const original = new Map<Shape, string>()
  const replace = (shape: Shape): Shape =>
    mapParts(shape, (part, before) => {
      original.set(part, JSON.stringify(before))
      return share(part)
    })
  const replaced = [...shapes].map(([name, shape]) => [name, replace(shape)] as const)
  return new Map([...replaced, ...shared])
}

/** A shape with each of its parts, the innermost first, replaced by what a function makes of it. */
function mapParts(shape: Shape, change: (part: Shape, before: Shape) => Shape): Shape {
  const inner = (part: Shape): Shape => change(mapParts(part, change), part)
  if (typeof shape === 'string' || 'named' in shape || 'literals' in shape) return shape
  if ('listOf' in shape) return { ...shape, listOf: inner(shape.listOf) }
  if ('either' in shape) return { ...shape, either: shape.either.map(inner) }
  const fieldsOf = (fields: { readonly [name: string]: Shape }) =>
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, inner(field)]))
  return {
    ...shape,
    fields: fieldsOf(shape.fields),
    ...(shape.optional === undefined ? {} : { optional: fieldsOf(shape.optional) }),
    ...(shape.others === undefined ? {} : { others: inner(shape.others) }),
  }
}
