import { quoteLiteral } from '../sql/literal.ts'
import { baseValues } from './base-values.ts'
import { type SampleType, typed } from './sample-type.ts'

/** So deep may types stand in types; a row type can hold an array of another that holds it. */
const deepest = 4

/** A few literals of a type that differ in what matters; none where nobody knows one. */
export function variety(type: SampleType, depth = 0): readonly string[] {
  const { form } = type
  if (depth > deepest) return []
  switch (form.kind) {
    case 'base':
      return baseValues(form.base, form.modifier)?.variety ?? []
    case 'enum':
      return form.labels.map(quoteLiteral)
    case 'listed':
      return form.plain
    case 'unknown':
      return []
    case 'array':
      return arrays(type, form.of, depth)
    case 'composite':
      return composites(type, form.fields, depth)
    case 'range':
    case 'multirange':
      return ranges(type, depth)
  }
}

/**
 * The n-th of literals that are all different, also where case does not matter, and of which ranges and shapes are apart; `shift` gives
 * one a little greater, so that a row's beginning is before its end. Null where a type has no more.
 */
export function key(type: SampleType, n: number, { shift = 0, depth = 0 } = {}): string | null {
  const { form } = type
  if (depth > deepest) return null
  const inner = (of: SampleType, at = n) => {
    const literal = key(of, at, { shift, depth: depth + 1 })
    return literal === null ? null : typed(literal, of)
  }
  switch (form.kind) {
    case 'base':
      return baseValues(form.base, form.modifier)?.key(n, shift) ?? null
    case 'enum':
      return form.labels[n] === undefined ? null : quoteLiteral(form.labels[n])
    case 'listed':
      return form.keys[n] ?? null
    case 'unknown':
      return null
    case 'array': {
      const element = inner(form.of)
      return element === null ? null : `ARRAY[${element}]`
    }
    case 'composite': {
      const fields = form.fields.map(
        (field) => inner(field) ?? typed(variety(field, depth + 1)[0] ?? 'NULL', field),
      )
      return form.fields.length === 0 ? null : typed(`ROW(${fields.join(', ')})`, type)
    }
    case 'range':
      return rangeOf(form, inner(form.of, 2 * n), inner(form.of, 2 * n + 1))
    case 'multirange': {
      const range = inner(form.of)
      return range === null ? null : `${form.make}(${range})`
    }
  }
}

function arrays(type: SampleType, of: SampleType, depth: number): readonly string[] {
  const elements = variety(of, depth + 1).map((literal) => typed(literal, of))
  const [first, second, third = second] = elements
  if (first === undefined) return ["'{}'"]
  const lists = [[first, second ?? first], [first], [second ?? first, third ?? first, first]]
  const made = lists.map((list) => typed(`ARRAY[${list.join(', ')}]`, type))
  return [...new Set([made[0] ?? '', "'{}'", ...made.slice(1)])]
}

function composites(type: SampleType, fields: readonly SampleType[], depth: number): readonly string[] {
  const literals = fields.map((field) => variety(field, depth + 1))
  return [0, 1, 2].map((at) => {
    const row = literals.map((of, field) =>
      typed(of[(at + field) % Math.max(of.length, 1)] ?? 'NULL', fields[field] ?? type),
    )
    return typed(`ROW(${row.join(', ')})`, type)
  })
}

function ranges(type: SampleType, depth: number): readonly string[] {
  const made = [0, 1, 2].flatMap((n) => key(type, n, { depth }) ?? [])
  return made.length === 0
    ? []
    : [made[0] ?? '', type.form.kind === 'range' ? "'empty'" : "'{}'", ...made.slice(1)]
}

function rangeOf(form: { readonly make: string }, lower: string | null, upper: string | null): string | null {
  return lower === null || upper === null ? null : `${form.make}(${lower}, ${upper})`
}
