import { callValue } from './call.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { iterated } from './iterate.ts'
import { orderOf } from './operators.ts'
import { isEqual } from './truth.ts'
import { type Arguments, Dict, keyOf, List, Native, type PySet, setOf, Tuple, type Value } from './value.ts'

type Method<Of> = (of: Of, given: Arguments, evaluation: Evaluation) => Value

/** Methods that change what they are called on. */
export const changing: ReadonlySet<string> = new Set([
  'append',
  'extend',
  'insert',
  'remove',
  'pop',
  'clear',
  'sort',
  'reverse',
  'add',
  'discard',
  'update',
  'setdefault',
])

export function listMethod(list: List, name: string, evaluation: Evaluation): Value | undefined {
  return bound(listMethods, list, name, evaluation)
}

export function dictMethod(dict: Dict, name: string, evaluation: Evaluation): Value | undefined {
  return bound(dictMethods, dict, name, evaluation)
}

export function setMethod(set: PySet, name: string, evaluation: Evaluation): Value | undefined {
  return bound(setMethods, set, name, evaluation)
}

/** Refuses to change in a branch of the run's what was there before it. */
export function checkChangeable(of: { readonly serial: number }, { floor }: Evaluation): void {
  if (of.serial <= floor) refuse('a list or dict of before is changed where only the run knows whether')
}

/** A list sorted as Python sorts it. */
export function sorted(
  items: readonly Value[],
  { named }: Arguments,
  evaluation: Evaluation,
): readonly Value[] {
  const key = named.get('key') ?? null
  const keyed = items.map((item) => ({
    item,
    key: key === null ? item : callValue(key, { positional: [item], named: new Map() }, evaluation),
  }))
  const order = keyed.toSorted((a, b) => orderOf(a.key, b.key)).map(({ item }) => item)
  return named.get('reverse') === true ? order.reverse() : order
}

function bound<Of extends { readonly serial: number }>(
  methods: { readonly [name: string]: Method<Of> },
  of: Of,
  name: string,
  evaluation: Evaluation,
): Value | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined
  if (method === undefined) return undefined
  return new Native(name, (given) => {
    if (changing.has(name)) checkChangeable(of, evaluation)
    return method(of, given, evaluation)
  })
}

function itemsOf(value: Value | undefined, _evaluation: Evaluation): readonly Value[] {
  return iterated(value ?? null) ?? refuse('what only the run knows is put into a known list')
}

const listMethods: { readonly [name: string]: Method<List> } = {
  append: (list, { positional: [item = null] }) => nothing(list.items.push(item)),
  extend: (list, { positional: [more] }, evaluation) =>
    nothing(list.items.push(...itemsOf(more, evaluation))),
  insert: (list, { positional: [at = 0, item = null] }) => nothing(list.items.splice(Number(at), 0, item)),
  remove: (list, { positional: [item = null] }) =>
    nothing(
      list.items.splice(
        list.items.findIndex((one) => isEqual(one, item)),
        1,
      ),
    ),
  pop: (list, { positional: [at = -1] }) =>
    list.items.splice(Number(at), 1)[0] ?? refuse('the list is empty'),
  clear: (list) => nothing(list.items.splice(0)),
  reverse: (list) => nothing(list.items.reverse()),
  sort: (list, given, evaluation) => {
    list.items = [...sorted(list.items, given, evaluation)]
    return null
  },
  index: (list, { positional: [item = null] }) => list.items.findIndex((one) => isEqual(one, item)),
  count: (list, { positional: [item = null] }) => list.items.filter((one) => isEqual(one, item)).length,
  copy: (list) => new List(list.items),
}

const dictMethods: { readonly [name: string]: Method<Dict> } = {
  keys: (dict) => new List([...dict.entries.values()].map(([key]) => key)),
  values: (dict) => new List([...dict.entries.values()].map(([, value]) => value)),
  items: (dict) => new List([...dict.entries.values()].map((entry) => new Tuple(entry))),
  get: (dict, { positional: [key = null, other = null] }) => {
    const known = keyOf(key) ?? refuse('a key that only the run knows')
    return dict.entries.get(known)?.[1] ?? other
  },
  pop: (dict, { positional: [key = null, other] }) => {
    const entry = dict.entries.get(keyOf(key) ?? '')
    dict.entries.delete(keyOf(key) ?? '')
    return entry?.[1] ?? other ?? refuse('there is no such key')
  },
  setdefault: (dict, { positional: [key = null, other = null] }) => {
    const entry = dict.entries.get(keyOf(key) ?? '')
    if (entry !== undefined) return entry[1]
    dict.entries.set(keyOf(key) ?? refuse('a key that only the run knows'), [key, other])
    return other
  },
  update: (dict, { positional: [other], named }, evaluation) => {
    if (other instanceof Dict) for (const [key, entry] of other.entries) dict.entries.set(key, entry)
    else if (other !== undefined)
      for (const pair of itemsOf(other, evaluation)) {
        const [key = null, value = null] = itemsOf(pair, evaluation)
        dict.entries.set(keyOf(key) ?? '', [key, value])
      }
    for (const [key, value] of named) dict.entries.set(keyOf(key) ?? '', [key, value])
    return null
  },
  copy: (dict) => {
    const copy = new Dict()
    for (const [key, entry] of dict.entries) copy.entries.set(key, entry)
    return copy
  },
  clear: (dict) => nothing(dict.entries.clear()),
}

const setMethods: { readonly [name: string]: Method<PySet> } = {
  add: (set, { positional: [item = null] }) => nothing(set.entries.set(keyOf(item) ?? '', item)),
  discard: (set, { positional: [item = null] }) => nothing(set.entries.delete(keyOf(item) ?? '')),
  remove: (set, { positional: [item = null] }) => nothing(set.entries.delete(keyOf(item) ?? '')),
  update: (set, { positional: [more] }, evaluation) => {
    for (const item of itemsOf(more, evaluation)) set.entries.set(keyOf(item) ?? '', item)
    return null
  },
  union: (set, { positional: [more] }, evaluation) =>
    setOf([...set.entries.values(), ...itemsOf(more, evaluation)]),
  difference: (set, { positional: [less] }, evaluation) => {
    const gone = setOf(itemsOf(less, evaluation))
    return setOf([...set.entries].filter(([key]) => !gone.entries.has(key)).map(([, item]) => item))
  },
  intersection: (set, { positional: [other] }, evaluation) => {
    const both = setOf(itemsOf(other, evaluation))
    return setOf([...set.entries].filter(([key]) => both.entries.has(key)).map(([, item]) => item))
  },
  issubset: (set, { positional: [other] }, evaluation) => {
    const all = setOf(itemsOf(other, evaluation))
    return [...set.entries.keys()].every((key) => all.entries.has(key))
  },
  copy: (set) => setOf(set.entries.values()),
}

function nothing(_: unknown): null {
  return null
}
