import { isDeepStrictEqual } from 'node:util'
import type { ObjectShape, Shape } from '../../src/operations/shape.ts'

/** The shape of what no value can be. */
export const nothing: Shape = { literals: [] }

/** One shape for what may be of any of several: the same once, literals together, and nothing that another one includes. */
export function unionOf(shapes: readonly Shape[]): Shape {
  const different = new Map(shapes.map((shape) => [JSON.stringify(shape), shape]))
  different.delete(JSON.stringify(nothing))
  const either = joined(withLiterals(withAnyObject([...different.values()])))
  if (['string', 'number', 'boolean', 'null', 'object'].every((type) => either.includes(type as Shape)))
    return 'value'
  const [only] = either
  return either.length === 1 && only !== undefined ? only : { either }
}

/** An object whose fields may be anything includes every other one, and lists. */
function withAnyObject(shapes: readonly Shape[]): readonly Shape[] {
  const isAny = (shape: Shape) =>
    shape === 'object' || isDeepStrictEqual(shape, { fields: {}, others: 'any' })
  if (!shapes.some(isAny)) return shapes
  const plain = (shape: Shape) => typeof shape === 'string' || literalsIn(shape).length > 0
  return ['object', ...shapes.filter((shape) => plain(shape) && shape !== 'object')]
}

function withLiterals(shapes: readonly Shape[]): readonly Shape[] {
  const others = shapes.filter((shape) => literalsIn(shape).length === 0)
  const literals = shapes.flatMap(literalsIn).filter((literal) => !others.includes(typeof literal as Shape))
  const both = literals.includes(true) && literals.includes(false)
  const rest = both ? literals.filter((literal) => typeof literal !== 'boolean') : literals
  return [
    ...(both ? (['boolean'] as const) : []),
    ...(rest.length === 0 ? [] : [{ literals: rest.toSorted() }]),
    ...others,
  ]
}

function literalsIn(shape: Shape): readonly (string | number | boolean)[] {
  return typeof shape === 'object' && 'literals' in shape ? shape.literals : []
}

/** Objects that differ only in which one of their fields is not to be left out are one, which needs any of these. */
function joined(shapes: readonly Shape[]): readonly Shape[] {
  const groups = Map.groupBy(shapes, (shape) => (isObject(shape) ? JSON.stringify(allFields(shape)) : shape))
  return [...groups.values()].flatMap((group) => {
    const objects = group.filter(isObject)
    return objects.length < 2 ? group : (joinedObjects(objects) ?? group)
  })
}

function joinedObjects(objects: readonly ObjectShape[]): readonly Shape[] | null {
  const required = objects.map(({ fields }) => Object.keys(fields))
  const common = (required[0] ?? []).filter((name) => required.every((names) => names.includes(name)))
  const own = required.map((names) => names.filter((name) => !common.includes(name)))
  // One that needs nothing of its own includes the others.
  const anyOf = own.some((names) => names.length === 0) ? [] : own.flat()
  if (own.some((names) => names.length > 1)) return null
  const all = Object.entries(allFields(objects[0] ?? { fields: {} }))
  const optional = Object.fromEntries(all.filter(([name]) => !common.includes(name)))
  return [
    {
      fields: Object.fromEntries(all.filter(([name]) => common.includes(name))),
      ...(Object.keys(optional).length === 0 ? {} : { optional }),
      ...(anyOf.length === 0 ? {} : { anyOf: anyOf.toSorted() }),
    },
  ]
}

function isObject(shape: Shape): shape is ObjectShape {
  return (
    typeof shape === 'object' && 'fields' in shape && shape.others === undefined && shape.anyOf === undefined
  )
}

function allFields({ fields, optional }: ObjectShape): { readonly [name: string]: Shape } {
  return Object.fromEntries(
    Object.entries({ ...fields, ...optional }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}
