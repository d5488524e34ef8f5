import { refuse } from './evaluation.ts'
import {
  ClassValue,
  Dict,
  Float,
  FunctionValue,
  Instance,
  List,
  PySet,
  Residual,
  Term,
  Tuple,
  type Value,
} from './value.ts'

/** `str(value)` of a known value. */
export function str(value: Value): string {
  if (typeof value === 'string') return value
  if (value instanceof Instance) {
    const text = value.fields.get('__str__')
    if (typeof text === 'string') return text
  }
  return repr(value)
}

/** `repr(value)` of a known value. */
export function repr(value: Value): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return quote(value)
  if (value instanceof Float) return floatText(value.value)
  if (value instanceof List) return `[${value.items.map(repr).join(', ')}]`
  if (value instanceof Tuple)
    return value.items.length === 1
      ? `(${repr(value.items[0] ?? null)},)`
      : `(${value.items.map(repr).join(', ')})`
  if (value instanceof Dict)
    return `{${[...value.entries.values()].map(([key, member]) => `${repr(key)}: ${repr(member)}`).join(', ')}}`
  if (value instanceof PySet) return `{${[...value.entries.values()].map(repr).join(', ')}}`
  if (value instanceof Instance) {
    const text = value.fields.get('__repr__') ?? value.fields.get('__str__')
    if (typeof text === 'string') return text
  }
  if (value instanceof Uint8Array || value instanceof Residual)
    return refuse('the text of what only the run knows, or of bytes, is not known here')
  if (value instanceof FunctionValue || value instanceof ClassValue)
    return refuse(`the text of ${value.name} is not known here`)
  return refuse(
    `the text of ${value instanceof Term ? pathOf(value) : 'an object of a library'} is not known here`,
  )
}

/** A term as it was written, without what it was given. */
function pathOf({ form }: Term): string {
  if (form.is === 'name') return form.name.replace(/^sa\./, 'sqlalchemy.')
  if (form.is === 'operation') return 'an expression of SQL'
  if (form.is === 'call') return `${pathOf(form.callee)}()`
  return form.is === 'item' ? `${pathOf(form.of)}[…]` : `${pathOf(form.of)}.${form.name}`
}

/** Python writes a float with a point or an exponent. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e')
    const sign = exponent.startsWith('-') ? '-' : '+'
    return `${mantissa}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`
  }
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

/** Python prefers single quotes, and takes double ones where that saves escapes. */
function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const inner = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(mark, `\\${mark}`)
  return mark + inner + mark
}
