import { printValue } from '../../operations/print.ts'
import { refuse, use } from './evaluation.ts'
import { Dict, Float, Foreign, List, PySet, Residual, Tuple, type Value } from './value.ts'

/** A value as an expression of TypeScript. */
export function codeOf(value: Value): string {
  if (value instanceof Residual) return use(value)
  if (value instanceof Foreign) {
    const residual = value.residual?.()
    return residual === undefined ? refuse(`${value.what} cannot be written in TypeScript`) : use(residual)
  }
  if (value instanceof List || value instanceof Tuple) return `[${value.items.map(codeOf).join(', ')}]`
  if (value instanceof PySet) return `[${[...value.entries.values()].map(codeOf).join(', ')}]`
  if (value instanceof Dict) {
    const members = [...value.entries.values()].map(([key, member]) => `${keyCode(key)}: ${codeOf(member)}`)
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
  }
  if (value instanceof Float) return String(value.value)
  if (isPlain(value)) return printValue(value)
  return refuse('an object of a library or of the application cannot be written in TypeScript')
}

/** As `codeOf`, in parentheses where operators stand beside it. */
export function operandCode(value: Value): string {
  const code = codeOf(value)
  return value instanceof Residual && !value.simple ? `(${code})` : code
}

/** What sort of thing a value is for TypeScript. */
export function sortOf(value: Value): Residual['sort'] {
  if (value instanceof Residual) return value.sort
  if (value instanceof Foreign) return value.residual?.().sort ?? 'unknown'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Float) return 'number'
  if (typeof value === 'boolean') return 'boolean'
  if (value instanceof List || value instanceof Tuple || value instanceof PySet) return 'list'
  return value instanceof Dict ? 'dict' : 'unknown'
}

/** A residual where a value is one, or has one. */
export function residualOf(value: Value): Residual | null {
  if (value instanceof Residual) return value
  return value instanceof Foreign ? (value.residual?.() ?? null) : null
}

/** Whether something in a value is known only to the run. */
export function holdsResidual(value: Value): boolean {
  if (residualOf(value) !== null) return true
  if (value instanceof List || value instanceof Tuple) return value.items.some(holdsResidual)
  if (value instanceof PySet) return [...value.entries.values()].some(holdsResidual)
  if (value instanceof Dict) return [...value.entries.values()].some(([, member]) => holdsResidual(member))
  return false
}

/** The queries behind a value. */
export function queriesOf(...values: readonly Value[]): Residual['queries'] {
  return values.flatMap((value) => {
    if (value instanceof List || value instanceof Tuple) return queriesOf(...value.items)
    if (value instanceof Dict) return queriesOf(...[...value.entries.values()].map(([, member]) => member))
    return residualOf(value)?.queries ?? []
  })
}

function keyCode(key: Value): string {
  if (typeof key === 'string') return /^[A-Za-z_$][\w$]*$/.test(key) ? key : printValue(key)
  if (typeof key === 'number') return String(key)
  return `[${codeOf(key)}]`
}

function isPlain(value: Value): value is null | boolean | number | bigint | string | Uint8Array {
  return value === null || typeof value !== 'object' || value instanceof Uint8Array
}
