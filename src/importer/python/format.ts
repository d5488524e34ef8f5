import { refuse } from './evaluation.ts'
import { floatText, repr, str } from './text.ts'
import { Dict, Float, keyOf, Tuple, type Value } from './value.ts'

/** `format(value, spec)`: fill, alignment, sign, width, grouping, precision and type. */
export function format(value: Value, spec: string): string {
  if (spec === '') return str(value)
  const match = /^(?:(.)?([<>^=]))?([+ -])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su.exec(
    spec,
  )
  if (match === null) return refuse(`the format ${JSON.stringify(spec)} is not known here`)
  const [, fill = match[5] ?? ' ', align, sign = '-', , zero, width, grouping, precision, type] = match
  const numeric = typeof value === 'number' || typeof value === 'bigint' || value instanceof Float
  const body = numeric
    ? numberText(value, { sign, grouping, precision, type })
    : str(value).slice(0, precision === undefined ? undefined : Number(precision))
  return pad(body, { fill, align: align ?? (zero ? '=' : numeric ? '>' : '<'), width: Number(width ?? 0) })
}

/** `'… %s …' % values`. */
export function percent(text: string, values: Value): string {
  const list = values instanceof Tuple ? [...values.items] : [values]
  let used = 0
  const filled = text.replace(
    /%(?:\((\w+)\))?([-+ #0]*)(\d+)?(?:\.(\d+))?([sdrifxXoeEgGc%])/g,
    (_, name, flags, width, precision, type) => {
      if (type === '%') return '%'
      const value = name === undefined ? list[used++] : member(values, name)
      if (value === undefined) return refuse('there are fewer values than places in the text')
      return pad(percentText(value, type, precision), {
        fill: flags.includes('0') ? '0' : ' ',
        align: flags.includes('-') ? '<' : '>',
        width: Number(width ?? 0),
      })
    },
  )
  return filled
}

/** `'… {} … {name}'.format(…)`; `lookup` gives the value of a field such as `0` or `name.attribute`. */
export function formatted(text: string, lookup: (field: string, place: number) => Value): string {
  let place = 0
  return text.replace(
    /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::([^{}]*))?\}/g,
    (whole, field, conversion, spec) => {
      if (whole === '{{') return '{'
      if (whole === '}}') return '}'
      const value = lookup(field, field === '' ? place++ : -1)
      return format(conversion === 'r' || conversion === 'a' ? repr(value) : value, spec ?? '')
    },
  )
}

function member(values: Value, name: string): Value | undefined {
  return values instanceof Dict ? values.entries.get(keyOf(name) ?? '')?.[1] : undefined
}

function percentText(value: Value, type: string, precision: string | undefined): string {
  if (type === 's') return str(value).slice(0, precision === undefined ? undefined : Number(precision))
  if (type === 'r') return repr(value)
  if (type === 'i' || type === 'd') return numberText(truncated(value), { type: 'd' })
  return numberText(value, { precision, type })
}

function truncated(value: Value): Value {
  return value instanceof Float ? Math.trunc(value.value) : value
}

type NumberFormat = {
  readonly sign?: string | undefined
  readonly grouping?: string | undefined
  readonly precision?: string | undefined
  readonly type?: string | undefined
}

function numberText(value: Value, { sign = '-', grouping, precision, type }: NumberFormat): string {
  if (typeof value === 'boolean') return numberText(Number(value), { sign, grouping, precision, type })
  if (typeof value !== 'number' && typeof value !== 'bigint' && !(value instanceof Float))
    return refuse('a number is wanted here')
  const number = value instanceof Float ? value.value : value
  const plain = digits(number, value instanceof Float, { precision, type })
  const [whole = '', rest] = plain.replace('-', '').split('.')
  const grouped = grouping === undefined ? whole : whole.replace(/\B(?=(\d{3})+$)/g, grouping)
  const mark = plain.startsWith('-') ? '-' : sign === '-' ? '' : sign
  return mark + grouped + (rest === undefined ? '' : `.${rest}`)
}

function digits(number: number | bigint, isFloat: boolean, { precision, type }: NumberFormat): string {
  const places = precision === undefined ? 6 : Number(precision)
  if (type === 'x' || type === 'X') {
    const text = number.toString(16)
    return type === 'X' ? text.toUpperCase() : text
  }
  if (type === 'o') return number.toString(8)
  if (type === 'b') return number.toString(2)
  if (type === 'f' || type === 'F') return Number(number).toFixed(places)
  if (type === '%') return `${(Number(number) * 100).toFixed(places)}%`
  if (type === 'e' || type === 'g' || type === 'E' || type === 'G')
    return refuse(`the format ${type} of a number is not known here`)
  return isFloat ? floatText(Number(number)) : String(number)
}

function pad(text: string, { fill, align, width }: { fill: string; align: string; width: number }): string {
  const room = Math.max(0, width - [...text].length)
  if (align === '<') return text + fill.repeat(room)
  if (align === '^') return fill.repeat(Math.floor(room / 2)) + text + fill.repeat(Math.ceil(room / 2))
  const sign = align === '=' && /^[+-]/.test(text) ? text[0] : ''
  return sign + fill.repeat(room) + text.slice(sign?.length ?? 0)
}
