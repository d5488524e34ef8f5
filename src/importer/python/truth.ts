import { refuse, use } from './evaluation.ts'
import { Dict, Float, keyOf, List, PySet, type Residual, Term, Tuple, type Value } from './value.ts'

/** Whether Python takes a value for true; a residual is asked for `truthCode`. */
export function isTrue(value: Exclude<Value, Residual>): boolean {
  if (value === null || value === false || value === 0 || value === 0n || value === '') return false
  if (value instanceof Float) return value.value !== 0
  if (value instanceof List || value instanceof Tuple) return value.items.length > 0
  if (value instanceof Dict || value instanceof PySet) return value.entries.size > 0
  if (value instanceof Uint8Array) return value.length > 0
  if (value instanceof Term && value.form.is === 'operation')
    return refuse('whether an expression of SQL is true is not known here')
  return true
}

/** The same of what only the run knows. */
export function truthCode(value: Residual): string {
  const code = use(value)
  if (value.truth !== null) return value.truth
  const inner = value.simple ? code : `(${code})`
  if (value.sort === 'boolean') return code
  if (value.sort === 'rows' || value.sort === 'list') return `${inner}.length > 0`
  if (value.sort === 'dict') return `Object.keys(${inner}).length > 0`
  if (value.sort === 'row') return `${inner} != null`
  if (value.sort === 'text' || value.sort === 'number') return code
  if (value.sort === 'json' || value.sort === 'unknown') return `isTruthy(${code})`
  return `${inner} != null`
}

/** Whether Python takes two known values for equal; undefined where it is not for us to know. */
export function isEqual(left: Value, right: Value): boolean {
  if (left instanceof List && right instanceof List) return sameItems(left.items, right.items)
  if (left instanceof Tuple && right instanceof Tuple) return sameItems(left.items, right.items)
  if (left instanceof Dict && right instanceof Dict) {
    return (
      left.entries.size === right.entries.size &&
      [...left.entries].every(([key, [, value]]) => {
        const other = right.entries.get(key)
        return other !== undefined && isEqual(value, other[1])
      })
    )
  }
  if (left instanceof PySet && right instanceof PySet)
    return (
      left.entries.size === right.entries.size &&
      [...left.entries.keys()].every((key) => right.entries.has(key))
    )
  const [a, b] = [keyOf(left), keyOf(right)]
  return a !== undefined && a === b
}

function sameItems(left: readonly Value[], right: readonly Value[]): boolean {
  return left.length === right.length && left.every((item, n) => isEqual(item, right[n] ?? null))
}
