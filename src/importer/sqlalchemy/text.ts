import { refuse } from '../python/evaluation.ts'
import { refuseAsAlembic } from '../python/raise.ts'
import { Dict, List, Tuple, type Value } from '../python/value.ts'
import { literalPiece } from './literal.ts'
import { concat, join, type Piece } from './piece.ts'
import { type Called, calledOf } from './term.ts'
import type { Literal } from './types.ts'

/** A bound parameter: its value, and whether it stands for a list in parentheses. */
export type Bound = {
  readonly value: Value
  readonly expanding?: boolean
  readonly as?: Literal
}

/** Where SQLAlchemy sees a parameter: a colon and a name, with no colon, word or backslash before. */
export const parameterPattern: RegExp = /(?<![:\w$\\]):([\w$]+)(?![:\w$])/gu
const escapedColon = /\\(:[\w$]*)(?![:\w$])/gu

/** The SQL of a `text()` with its parameters put in. */
export function boundText(text: string, bound: ReadonlyMap<string, Bound>): Piece {
  const parts: (string | Piece)[] = []
  let from = 0
  for (const match of text.matchAll(parameterPattern)) {
    const [whole, name = ''] = match
    parts.push(text.slice(from, match.index))
    from = match.index + whole.length
    const value = bound.get(name)
    if (value === undefined)
      return refuseAsAlembic(
        `the parameter :${name} is given no value; Alembic fails on it too, unless the colon is escaped`,
      )
    parts.push(boundPiece(value))
  }
  parts.push(text.slice(from))
  return concat(...parts.map((part) => (typeof part === 'string' ? part.replace(escapedColon, '$1') : part)))
}

/** The parameters of a `text(…).bindparams(…)` and of what is given to `execute`. */
export function textPiece(value: Value, given: ReadonlyMap<string, Value>): Piece | null {
  const { text, bound } = textOf(value, new Map()) ?? {}
  if (text === undefined || bound === undefined) return null
  const all = new Map(bound)
  for (const [name, member] of given) all.set(name, { ...all.get(name), value: member })
  return boundText(text, all)
}

/** The name of a parameter that is given by its place. */
export function placeName(place: number): string {
  return `place_${place}`
}

/** What `execute` is given for parameters; a list of them is one run each. */
export function parametersOf(value: Value | undefined): readonly ReadonlyMap<string, Value>[] {
  if (value === undefined || value === null) return [new Map()]
  if (value instanceof List || value instanceof Tuple) {
    const isOne = value.items.some(
      (item) => !(item instanceof Dict || item instanceof List || item instanceof Tuple),
    )
    if (isOne) return [new Map(value.items.map((item, n) => [placeName(n), item]))]
    return value.items.flatMap(parametersOf)
  }
  if (!(value instanceof Dict)) return refuse('the parameters of a statement are no known dict')
  return [new Map([...value.entries.values()].map(([key, member]) => [String(key), member]))]
}

type TextTerm = { readonly text: string; readonly bound: ReadonlyMap<string, Bound> }

function textOf(value: Value, outer: ReadonlyMap<string, Bound>): TextTerm | null {
  const called = calledOf(value)
  if (called === null) return null
  if (called.name === 'sa.text') {
    const [text = called.named.get('text')] = called.positional
    if (typeof text !== 'string') return null
    return { text, bound: outer }
  }
  const isMethod =
    called.name === 'bindparams' || called.name === 'execution_options' || called.name === 'columns'
  if (!isMethod || called.of === null) return null
  const own = called.name === 'bindparams' ? bindParameters(called) : []
  return textOf(called.of, new Map([...own, ...outer]))
}

function bindParameters({ positional, named }: Called): readonly (readonly [string, Bound])[] {
  const plain = [...named].map(([name, value]) => [name, { value }] as const)
  const declared = positional.flatMap((value) => {
    const called = calledOf(value)
    const [name, given = called?.named.get('value')] = called?.positional ?? []
    if (called?.name !== 'sa.bindparam' || typeof name !== 'string') return refuse('a parameter of this form')
    const expanding = called.named.get('expanding') === true
    const type = calledOf(called.positional[2] ?? called.named.get('type_'))
    const as = /\.JSONB?$/.test(type?.name ?? '') ? ({ as: 'json' } as const) : {}
    return given === undefined && !expanding
      ? []
      : [[name, { value: given ?? null, expanding, ...as }] as const]
  })
  return [...plain, ...declared]
}

function boundPiece({ value, expanding, as }: Bound): Piece {
  if (expanding !== true) return literalPiece(value, as)
  if (!(value instanceof List) && !(value instanceof Tuple))
    return refuse('an expanding parameter that only the run knows')
  if (value.items.length === 0) return concat('(SELECT 1 WHERE 1!=1)')
  return concat(
    '(',
    join(
      value.items.map((item) => literalPiece(item)),
      ', ',
    ),
    ')',
  )
}
