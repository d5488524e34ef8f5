/** What a value may be, as plain data: TypeScript's types as far as a value can be held against them while a program runs. */
export type Shape =
  | 'string'
  | 'number'
  | 'bigint'
  | 'boolean'
  | 'null'
  | 'function'
  | 'object'
  /** Anything that may stand for a value in SQL: no function, and not nothing. */
  | 'value'
  | 'any'
  /** The shape of this name. */
  | { readonly named: string }
  | { readonly literals: readonly (string | number | boolean)[] }
  | { readonly listOf: Shape; readonly atLeast?: number }
  | { readonly either: readonly Shape[] }
  | ObjectShape

export type ObjectShape = {
  /** What has to be there. */
  readonly fields: { readonly [name: string]: Shape }
  /** What may be left out. */
  readonly optional?: { readonly [name: string]: Shape }
  /** Of these, which may each be left out, one at least has to be there. */
  readonly anyOf?: readonly string[]
  /** What is under any other name, where the names are free. */
  readonly others?: Shape
}

/** Shapes by the names of their types. */
export type Shapes = { readonly [name: string]: Shape }

/** How a value differs from a shape. `path`: `columns[1].type`, empty for the value itself. */
export type Difference =
  | {
      readonly type: 'unknown'
      readonly path: string
      readonly name: string
      readonly known: readonly string[]
      /** Whether there is such a field, but not beside those that are there. */
      readonly elsewhere?: true
    }
  | { readonly type: 'missing'; readonly path: string; readonly name: string; readonly shape: Shape }
  | { readonly type: 'none of'; readonly path: string; readonly names: readonly string[] }
  | { readonly type: 'other'; readonly path: string; readonly value: unknown; readonly shape: Shape }

/** All differences of a value from a shape; none if it is of that shape. What is `undefined` counts as left out. */
export function differences(value: unknown, shape: Shape, shapes: Shapes, path = ''): readonly Difference[] {
  const other = [{ type: 'other', path, value, shape } as const]
  if (typeof shape === 'string') return isOfType(value, shape) ? [] : other
  if ('named' in shape) {
    const found = differences(value, shapes[shape.named] ?? 'any', shapes, path)
    return found.some((difference) => isOfAnotherType(difference, path)) ? other : found
  }
  if ('literals' in shape) return shape.literals.some((literal) => literal === value) ? [] : other
  if ('either' in shape) return nearest(value, shape, shapes, path)
  if ('listOf' in shape) {
    if (!Array.isArray(value) || value.length < (shape.atLeast ?? 0)) return other
    return value.flatMap((item, index) => differences(item, shape.listOf, shapes, `${path}[${index}]`))
  }
  if (!isOfType(value, 'object') || Array.isArray(value)) return other
  return fieldDifferences(value as { readonly [name: string]: unknown }, shape, shapes, path)
}

function fieldDifferences(
  value: { readonly [name: string]: unknown },
  { fields, optional = {}, anyOf = [], others }: ObjectShape,
  shapes: Shapes,
  path: string,
): readonly Difference[] {
  const known = [...Object.keys(fields), ...Object.keys(optional)]
  const missing = Object.entries(fields)
    .filter(([name]) => value[name] === undefined)
    .map(([name, shape]) => ({ type: 'missing', path, name, shape }) as const)
  const wrong = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .flatMap(([name, field]): readonly Difference[] => {
      const shape = own(fields, name) ?? own(optional, name) ?? others
      if (shape === undefined) return [{ type: 'unknown', path, name, known }]
      return differences(field, shape, shapes, path === '' ? name : `${path}.${name}`)
    })
  const none = anyOf.length > 0 && anyOf.every((name) => value[name] === undefined)
  return [...wrong, ...missing, ...(none ? [{ type: 'none of', path, names: anyOf } as const] : [])]
}

/** Of several shapes the differences from those that were most likely meant: the ones from which the value differs least. */
function nearest(
  value: unknown,
  shape: Extract<Shape, { readonly either: readonly Shape[] }>,
  shapes: Shapes,
  path: string,
): readonly Difference[] {
  const candidates: (readonly Difference[])[] = []
  for (const candidate of shape.either) {
    const differing = differences(value, candidate, shapes, path)
    if (differing.length === 0) return []
    candidates.push(differing)
  }
  // A candidate of another type altogether tells nothing.
  const alike = candidates.filter((differing) => !differing.some((each) => isOfAnotherType(each, path)))
  const fewest = Math.min(...alike.map((differing) => differing.length))
  const best = alike.filter((differing) => differing.length === fewest)
  const [told = [{ type: 'other', path, value, shape } as const]] = best
  return together(best.map(([first]) => first)) ?? told.map((difference) => placed(difference, alike))
}

/** A field that another candidate knows is told apart from one that none does. */
function placed(difference: Difference, candidates: readonly (readonly Difference[])[]): Difference {
  if (difference.type !== 'unknown') return difference
  const knows = (differing: readonly Difference[]) =>
    !differing.some(
      (each) => each.type === 'unknown' && each.path === difference.path && each.name === difference.name,
    )
  return candidates.some(knows) ? { ...difference, elsewhere: true } : difference
}

/** One difference for several that say of the same value what it might be instead. */
function together(differing: readonly (Difference | undefined)[]): readonly Difference[] | null {
  const [first] = differing
  if (differing.length < 2 || first?.type !== 'other') return null
  const shapes = differing.flatMap((each) =>
    each?.type === 'other' && each.path === first.path ? [each.shape] : [],
  )
  return shapes.length < differing.length ? null : [{ ...first, shape: { either: shapes } }]
}

function isOfAnotherType(difference: Difference, path: string): boolean {
  return difference.type === 'other' && difference.path === path
}

function own<Value>(of: { readonly [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined
}

function isOfType(value: unknown, type: Extract<Shape, string>): boolean {
  if (type === 'any') return true
  if (type === 'null') return value === null
  if (type === 'value') return !['undefined', 'function', 'symbol'].includes(typeof value)
  if (type === 'object') return typeof value === 'object' && value !== null
  return typeof value === type
}
