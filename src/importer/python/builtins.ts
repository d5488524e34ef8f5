import { attributeOf, known } from './attribute.ts'
import { callValue } from './call.ts'
import { codeOf, operandCode, queriesOf, residualOf, sortOf } from './code.ts'
import { sorted } from './container-methods.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { format } from './format.ts'
import { Globals } from './globals.ts'
import { iterated, walked } from './iterate.ts'
import { binary, derived, orderOf, shortest } from './operators.ts'
import { setAttribute } from './set-attribute.ts'
import { repr, str } from './text.ts'
import { isTrue, truthCode } from './truth.ts'
import {
  type Arguments,
  ClassValue,
  Dict,
  dictOf,
  Float,
  FunctionValue,
  Instance,
  List,
  Native,
  PySet,
  Residual,
  setOf,
  Term,
  Tuple,
  type Value,
} from './value.ts'

type Builtin = (given: Arguments, evaluation: Evaluation) => Value

/** A function or class that Python has without an import. */
export function builtin(name: string): Value | undefined {
  if (name === '__name__') return 'revision'
  if (!Object.hasOwn(builtins, name)) {
    return /^[A-Z]\w*(Error|Exception|Warning)$|^(Exception|StopIteration|object|staticmethod|property)$/.test(
      name,
    )
      ? new Term({ is: 'name', name: `builtins.${name}` }, 0)
      : undefined
  }
  const known = types.get(name)
  if (known !== undefined) return known
  const made = new Native(name, builtins[name] as Builtin)
  types.set(name, made)
  return made
}

/** So that `str` is the same thing each time. */
const types = new Map<string, Native>()

const builtins: { readonly [name: string]: Builtin } = {
  len: ({ positional: [of = null] }) => {
    const residual = residualOf(of)
    if (residual !== null)
      return derived(
        sortOf(of) === 'dict' ? `Object.keys(${codeOf(of)}).length` : `${operandCode(of)}.length`,
        'number',
        of,
      )
    return typeof of === 'string' ? [...of].length : items(of).length
  },
  str: ({ positional: [of = ''] }) => {
    const residual = residualOf(of)
    if (residual === null) return of instanceof Uint8Array ? refuse('the text of bytes') : str(of)
    if (residual.sort === 'text') return residual
    return new Residual(`pythonText(${codeOf(of)})`, {
      sort: 'text',
      queries: residual.queries,
      simple: true,
    })
  },
  repr: ({ positional: [of = null] }) => repr(of),
  int: ({ positional: [of = 0, base] }) => {
    if (residualOf(of) !== null) return derived(`Math.trunc(Number(${codeOf(of)}))`, 'number', of)
    if (of instanceof Float) return Math.trunc(of.value)
    if (typeof of === 'boolean') return Number(of)
    if (typeof of === 'string')
      return base === undefined ? shortest(BigInt(of.trim())) : Number.parseInt(of, Number(base))
    return of
  },
  float: ({ positional: [of = 0] }) => {
    if (residualOf(of) !== null) return derived(`Number(${codeOf(of)})`, 'number', of)
    return new Float(of instanceof Float ? of.value : Number(of))
  },
  bool: ({ positional: [of = false] }) => {
    const residual = residualOf(of)
    return residual === null
      ? isTrue(of as Exclude<Value, Residual>)
      : derived(truthCode(residual), 'boolean', of)
  },
  list: ({ positional: [of] }) => (of === undefined ? new List() : listOf(walked(of))),
  tuple: ({ positional: [of] }) => {
    const list = of === undefined ? new List() : listOf(of)
    return list instanceof List ? new Tuple(list.items) : list
  },
  set: ({ positional: [of] }) => {
    if (of === undefined) return setOf([])
    const residual = residualOf(of)
    if (residual === null) return setOf(items(of))
    return new Residual(`[...new Set(${codeOf(of)})]`, {
      sort: 'list',
      items: residual.items,
      queries: residual.queries,
      simple: true,
    })
  },
  frozenset: ({ positional: [of] }) => (of === undefined ? setOf([]) : setOf(items(of))),
  dict: ({ positional: [of], named }) => {
    if (of !== undefined && residualOf(of) !== null) return derived(`{ ...${operandCode(of)} }`, 'dict', of)
    const pairs = of === undefined ? [] : of instanceof Dict ? [...of.entries.values()] : items(of).map(pair)
    return dictOf([...pairs, ...named])
  },
  range: ({ positional }) => {
    const [from = 0, to = 0, step = 1] = positional.length === 1 ? [0, ...positional, 1] : positional
    if ([from, to, step].some((bound) => residualOf(bound) !== null)) {
      const bounds = [from, to, step].map((bound) =>
        sortOf(bound) === 'number' ? codeOf(bound) : `Number(${codeOf(bound)})`,
      )
      const queries = queriesOf(from, to, step)
      return new Residual(`range(${bounds.join(', ')})`, {
        sort: 'list',
        items: 'number',
        queries,
        simple: true,
      })
    }
    if (typeof from !== 'number' || typeof to !== 'number' || typeof step !== 'number' || step === 0)
      return refuse('a range that only the run knows')
    const length = Math.max(0, Math.ceil((to - from) / step))
    if (length > 1_000_000) return refuse(`a range of ${length} numbers`)
    return new List(Array.from({ length }, (_, n) => from + n * step))
  },
  enumerate: ({ positional: [of = null, start], named }) => {
    const first = Number(start ?? named.get('start') ?? 0)
    const residual = residualOf(of)
    if (residual !== null)
      return new Residual(
        `${operandCode(of)}.map((item: any, n: number) => [n${first === 0 ? '' : ` + ${first}`}, item])`,
        {
          sort: 'list',
          items: 'list',
          queries: residual.queries,
          simple: true,
          shape: [{ sort: 'number', columns: null }, itemShape(residual)],
        },
      )
    return new List(items(of).map((item, n) => new Tuple([first + n, item])))
  },
  zip: ({ positional }) => {
    const lists = positional.map(items)
    const length = Math.min(...lists.map((list) => list.length))
    return new List(Array.from({ length }, (_, n) => new Tuple(lists.map((list) => list[n] ?? null))))
  },
  map: ({ positional: [each = null, of = null] }, evaluation) =>
    new List(items(of).map((item) => callValue(each, { positional: [item], named: new Map() }, evaluation))),
  filter: ({ positional: [each = null, of = null] }, evaluation) =>
    new List(
      items(of).filter((item) => {
        const passes =
          each === null ? item : callValue(each, { positional: [item], named: new Map() }, evaluation)
        return residualOf(passes) === null
          ? isTrue(passes as Exclude<Value, Residual>)
          : refuse('a filter that only the run knows')
      }),
    ),
  sorted: (given, evaluation) => {
    const [of = null] = given.positional
    const residual = residualOf(of)
    if (residual === null) return new List(sorted(items(of), given, evaluation))
    if (given.named.size > 0) return refuse('sorted by a key, of what only the run knows')
    return new Residual(`[...${operandCode(of)}].sort()`, {
      sort: 'list',
      items: residual.items,
      queries: residual.queries,
      simple: true,
    })
  },
  reversed: ({ positional: [of = null] }) => {
    if (residualOf(of) !== null)
      return new Residual(`${operandCode(of)}.toReversed()`, {
        sort: 'list',
        queries: residualOf(of)?.queries ?? [],
        simple: true,
      })
    return new List(items(of).toReversed())
  },
  sum: ({ positional: [of = null] }, { line }) => {
    const residual = residualOf(of)
    if (residual?.sort === 'list' && residual.items !== 'decimal')
      return new Residual(
        `${operandCode(residual)}.reduce((sum: any, item: any) => pythonSum(sum, item), 0)`,
        {
          sort: 'number',
          queries: residual.queries,
          simple: true,
        },
      )
    return items(of).reduce<Value>((sum, item) => binary('Add', sum, item, line), 0)
  },
  min: ({ positional }) => extreme(positional, -1),
  max: ({ positional }) => extreme(positional, 1),
  abs: ({ positional: [of = 0] }) =>
    of instanceof Float ? new Float(Math.abs(of.value)) : Math.abs(Number(of)),
  round: ({ positional: [of = 0, places] }) => {
    if (residualOf(of) !== null) return refuse('round of what only the run knows')
    const value = of instanceof Float ? of.value : Number(of)
    return places === undefined ? Math.round(value) : new Float(Number(value.toFixed(Number(places))))
  },
  any: ({ positional: [of = null] }) => some(of, true),
  all: ({ positional: [of = null] }) => some(of, false),
  next: ({ positional: [of = null, other] }) => items(of)[0] ?? other ?? refuse('next of nothing'),
  iter: ({ positional: [of = null] }) => of,
  chr: ({ positional: [code = 0] }) => String.fromCodePoint(Number(code)),
  ord: ({ positional: [text = ''] }) => str(text).codePointAt(0) ?? 0,
  hex: ({ positional: [of = 0] }) => `0x${Number(of).toString(16)}`,
  format: ({ positional: [of = null, spec = ''] }) => format(of, str(spec)),
  print: () => null,
  isinstance: ({ positional: [of = null, type = null] }) => isInstance(of, type),
  issubclass: ({ positional: [of = null, type = null] }) => of instanceof ClassValue && isSubclass(of, type),
  callable: ({ positional: [of = null] }) => of instanceof FunctionValue || of instanceof Native,
  getattr: ({ positional: [of = null, name = '', other] }, evaluation) =>
    of instanceof Term
      ? attributeOf(of, str(name), evaluation)
      : (known(of, str(name), evaluation) ?? other ?? refuse(`there is no ${str(name)}`)),
  hasattr: ({ positional: [of = null, name = ''] }, evaluation) =>
    known(of, str(name), evaluation) !== undefined,
  setattr: ({ positional: [of = null, name = '', value = null] }, evaluation) => {
    setAttribute(
      of,
      typeof name === 'string' ? name : refuse('an attribute that only the run knows'),
      value,
      evaluation,
    )
    return null
  },
  type: ({ positional: [of = null] }) =>
    of instanceof Instance ? of.of : refuse('the type of this is not known here'),
  open: ({ positional: [path = null] }, evaluation) =>
    evaluation.library.open?.(str(path), evaluation) ?? refuse('a file is opened'),
  globals: (_, { frame }) => new Globals(frame.scope),
  super: () => refuse('super() is not known here'),
}

/** What a list's items are. */
function itemShape({ sort, items: inner, columns }: Residual): Pick<Residual, 'sort' | 'columns'> {
  return { sort: sort === 'rows' ? 'row' : inner, columns }
}

function listOf(of: Value): Value {
  const residual = residualOf(of)
  if (residual !== null) return residual
  return new List(items(of))
}

/** What a known list, or an enum, has. */
export function items(of: Value): readonly Value[] {
  if (residualOf(of) !== null) return refuse('this walks what only the run knows')
  return iterated(of) ?? refuse('this cannot be walked here')
}

function pair(of: Value): readonly [Value, Value] {
  const [key = null, value = null] = items(of)
  return [key, value]
}

function extreme(positional: readonly Value[], sign: number): Value {
  const all = positional.length === 1 ? items(positional[0] ?? null) : positional
  return all.reduce((best, item) => (orderOf(item, best) * sign > 0 ? item : best))
}

function some(of: Value, wanted: boolean): Value {
  const residual = residualOf(of)
  if (residual !== null)
    return derived(`${operandCode(of)}.${wanted ? 'some' : 'every'}(Boolean)`, 'boolean', of)
  const all = items(of)
  if (all.some((item) => residualOf(item) !== null)) {
    const codes = all.map((item) => `(${truthCode(residualOf(item) ?? new Residual(codeOf(item)))})`)
    return derived(codes.join(wanted ? ' || ' : ' && '), 'boolean', ...all)
  }
  return all.some((item) => isTrue(item as Exclude<Value, Residual>) === wanted) === wanted
}

function isInstance(of: Value, type: Value): Value {
  const types = type instanceof Tuple ? type.items : [type]
  const residual = residualOf(of)
  if (residual !== null)
    return derived(types.map((one) => residualTest(residual, one)).join(' || '), 'boolean', of)
  return types.some((one) => isOf(of, one))
}

function residualTest(of: Residual, type: Value): string {
  const name = type instanceof Native ? type.name : ''
  const code = of.simple ? of.code : `(${of.code})`
  if (name === 'str') return `typeof ${code} === 'string'`
  if (name === 'int' || name === 'float') return `typeof ${code} === 'number'`
  if (name === 'bool') return `typeof ${code} === 'boolean'`
  if (name === 'list') return `Array.isArray(${code})`
  if (name === 'dict') return `(typeof ${code} === 'object' && ${code} !== null && !Array.isArray(${code}))`
  return refuse('the type of what only the run knows')
}

function isOf(of: Value, type: Value): boolean {
  const name = type instanceof Native ? type.name : ''
  if (type instanceof ClassValue) return of instanceof Instance && isSubclass(of.of, type)
  if (name === 'str') return typeof of === 'string'
  if (name === 'int') return typeof of === 'number' || typeof of === 'bigint' || typeof of === 'boolean'
  if (name === 'bool') return typeof of === 'boolean'
  if (name === 'float') return of instanceof Float
  if (name === 'list') return of instanceof List
  if (name === 'tuple') return of instanceof Tuple
  if (name === 'dict') return of instanceof Dict
  if (name === 'set') return of instanceof PySet
  return refuse('whether this is of that type is not known here')
}

function isSubclass(of: ClassValue, type: Value): boolean {
  return (
    of === type ||
    of.bases.some((base) => base === type || (base instanceof ClassValue && isSubclass(base, type)))
  )
}
