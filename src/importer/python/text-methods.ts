import { codeOf, holdsResidual, queriesOf } from './code.ts'
import { refuse } from './evaluation.ts'
import { formatted } from './format.ts'
import { iterated } from './iterate.ts'
import { placeCode, templateText } from './operators.ts'
import { str } from './text.ts'
import { type Arguments, Dict, keyOf, List, Native, Residual, Tuple, type Value } from './value.ts'

type Method = (text: string, given: Arguments) => Value

/** A method of a known text. */
export function textMethod(text: string, name: string): Value | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined
  return method === undefined ? undefined : new Native(name, (given) => method(text, given))
}

const methods: { readonly [name: string]: Method } = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  casefold: (text) => text.toLowerCase(),
  title: (text) =>
    text.toLowerCase().replace(/(^|[^\p{L}])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase()),
  capitalize: (text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(),
  strip: (text, given) => trim(text, given, 'both'),
  lstrip: (text, given) => trim(text, given, 'left'),
  rstrip: (text, given) => trim(text, given, 'right'),
  replace: (text, { positional: [from, to, count] }) => {
    if (typeof from !== 'string' || typeof to !== 'string')
      return refuse('a text is replaced by what only the run knows')
    if (typeof count !== 'number') return text.replaceAll(from, () => to)
    let left = count
    return text.replaceAll(from, () => (left-- > 0 ? to : from))
  },
  split: (text, { positional: [mark = null, count = -1] }) => {
    const parts =
      mark === null
        ? text
            .trim()
            .split(/\s+/)
            .filter((part) => part !== '')
        : text.split(str(mark))
    const most = Number(count)
    if (most < 0 || parts.length <= most + 1) return new List(parts)
    return new List([...parts.slice(0, most), parts.slice(most).join(mark === null ? ' ' : str(mark))])
  },
  rsplit: (text, { positional: [mark = ' ', count = -1] }) => {
    const parts = text.split(str(mark))
    const most = Number(count)
    if (most < 0 || parts.length <= most + 1) return new List(parts)
    return new List([parts.slice(0, -most).join(str(mark)), ...parts.slice(-most)])
  },
  splitlines: (text) => new List(text.replace(/\n$/, '').split('\n')),
  partition: (text, { positional: [mark = null] }) => {
    const at = text.indexOf(str(mark))
    return new Tuple(
      at === -1 ? [text, '', ''] : [text.slice(0, at), str(mark), text.slice(at + str(mark).length)],
    )
  },
  startswith: (text, { positional: [start = ''] }) => options(start).some((one) => text.startsWith(one)),
  endswith: (text, { positional: [end = ''] }) => options(end).some((one) => text.endsWith(one)),
  find: (text, { positional: [part = ''] }) => text.indexOf(str(part)),
  index: (text, { positional: [part = ''] }) => text.indexOf(str(part)),
  count: (text, { positional: [part = ''] }) => text.split(str(part)).length - 1,
  isdigit: (text) => /^\d+$/.test(text),
  isupper: (text) => text !== text.toLowerCase() && text === text.toUpperCase(),
  islower: (text) => text !== text.toUpperCase() && text === text.toLowerCase(),
  zfill: (text, { positional: [width = 0] }) => text.padStart(Number(width), '0'),
  ljust: (text, { positional: [width = 0, fill = ' '] }) => text.padEnd(Number(width), str(fill)),
  rjust: (text, { positional: [width = 0, fill = ' '] }) => text.padStart(Number(width), str(fill)),
  removeprefix: (text, { positional: [start = ''] }) =>
    text.startsWith(str(start)) ? text.slice(str(start).length) : text,
  removesuffix: (text, { positional: [end = ''] }) =>
    str(end) !== '' && text.endsWith(str(end)) ? text.slice(0, -str(end).length) : text,
  encode: (text) => Uint8Array.from(Buffer.from(text)),
  join: (text, { positional: [list = null] }) => join(text, list),
  format: (text, given) => formatText(text, given),
}

function join(mark: string, list: Value): Value {
  if (list instanceof Residual) {
    const { code, queries } = list
    return new Residual(`${code}.join(${codeOf(mark)})`, { sort: 'text', queries, simple: true })
  }
  const items = iterated(list)
  if (items === undefined) return refuse('what only the run knows is joined')
  if (!items.some(holdsResidual)) return items.map(str).join(mark)
  const template = items.map(placeCode)
  return new Residual(`\`${template.join(templateText(mark))}\``, {
    sort: 'text',
    queries: queriesOf(...items),
    simple: true,
  })
}

function formatText(text: string, { positional, named }: Arguments): Value {
  const field = (path: string, place: number): Value => {
    const [name = '', ...members] = path.split(/[.[]/)
    const at = name === '' ? place : Number(name)
    const value = Number.isInteger(at) && at >= 0 ? positional[at] : named.get(name)
    if (value === undefined) return refuse(`format is given no ${path}`)
    return members.reduce<Value>((of, member) => {
      const key = member.replace(/\]$/, '')
      return of instanceof Dict
        ? (of.entries.get(keyOf(key) ?? '')?.[1] ?? null)
        : refuse('a member in format')
    }, value)
  }
  if (![...positional, ...named.values()].some(holdsResidual)) return formatted(text, field)
  let place = 0
  const values: Value[] = []
  const template = text.split(/(\{\{|\}\}|\{[^{}!:]*\})/).map((part) => {
    if (part === '{{' || part === '}}') return part[0]
    if (!part.startsWith('{') || part.length < 2) return templateText(part)
    const name = part.slice(1, -1)
    const value = field(name, name === '' ? place++ : -1)
    values.push(value)
    return placeCode(value)
  })
  return new Residual(`\`${template.join('')}\``, {
    sort: 'text',
    queries: queriesOf(...values),
    simple: true,
  })
}

function trim(
  text: string,
  { positional: [marks = null] }: Arguments,
  side: 'both' | 'left' | 'right',
): string {
  const set = marks === null ? '\\s' : str(marks).replace(/[\\\]^-]/g, '\\$&')
  const left = side === 'right' ? text : text.replace(new RegExp(`^[${set}]+`), '')
  return side === 'left' ? left : left.replace(new RegExp(`[${set}]+$`), '')
}

function options(value: Value): readonly string[] {
  return value instanceof Tuple ? value.items.map(str) : [str(value)]
}
