import { refuse } from './evaluation.ts'
import { enumMembers, isEnum } from './instantiate.ts'
import { ClassValue, Dict, Foreign, List, PySet, Residual, Tuple, type Value } from './value.ts'

/** What a loop over a value walks. */
export function walked(value: Value): Value {
  if (value instanceof Residual && (value.cursor?.fetched ?? 0) > 0)
    return refuse('the rows that are left after some were fetched one by one')
  return value instanceof Foreign ? (value.walk?.() ?? value) : value
}

/** What a `for` over a known value meets, in order; undefined where only the run knows. */
export function iterated(value: Value): readonly Value[] | undefined {
  if (value instanceof List || value instanceof Tuple) return [...value.items]
  if (value instanceof Dict) return [...value.entries.values()].map(([key]) => key)
  if (value instanceof PySet) return [...value.entries.values()]
  if (typeof value === 'string') return [...value]
  if (value instanceof ClassValue && isEnum(value)) return enumMembers(value)
  return value instanceof Foreign ? value.iterate?.() : undefined
}
