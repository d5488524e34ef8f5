import type { Evaluation } from './evaluation.ts'
import type { Node, Source } from './syntax.ts'

/**
 * What a Python expression gives. Known values are plain: `None` is null, an int a number or a bigint. What only the run knows
 * is a `Residual`; what belongs to a library is a `Term` (SQLAlchemy's objects, as they were written) or a `Foreign`.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Float
  | List
  | Tuple
  | Dict
  | PySet
  | Slice
  | FunctionValue
  | ClassValue
  | Instance
  | Native
  | Module
  | Term
  | Foreign
  | Residual

/** A float: `1.0` is no int, and prints otherwise. */
export class Float {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/** Counts what can be changed, so that what is older than a branch is told from what is made in it. */
let made = 0

export function madeSoFar(): number {
  return made
}

abstract class Changeable {
  readonly serial = ++made
}

export class List extends Changeable {
  items: Value[]
  constructor(items: readonly Value[] = []) {
    super()
    this.items = [...items]
  }
}

export class Tuple {
  readonly items: readonly Value[]
  /** Of a namedtuple. */
  readonly names: readonly string[]
  constructor(items: readonly Value[], names: readonly string[] = []) {
    this.items = items
    this.names = names
  }
}

/** Keys are told apart by `keyOf`. */
export class Dict extends Changeable {
  readonly entries = new Map<string, readonly [key: Value, value: Value]>()
  /** Of a defaultdict. */
  missing: (() => Value) | null = null
}

export class PySet extends Changeable {
  readonly entries = new Map<string, Value>()
}

export class Slice {
  readonly from: Value
  readonly to: Value
  readonly step: Value
  constructor(from: Value, to: Value, step: Value) {
    this.from = from
    this.to = to
    this.step = step
  }
}

/** Names and what they are bound to; looked up in the enclosing ones too. */
export class Scope {
  readonly names = new Map<string, Binding>()
  readonly outer: Scope | null
  /** Names that `global` or `nonlocal` gives to an outer scope. */
  readonly elsewhere = new Map<string, Scope>()
  constructor(outer: Scope | null) {
    this.outer = outer
  }
}

/** A name may be bound to something that is looked for when it is first asked, or to a reason why it cannot be. */
export type Binding = { readonly value: Value } | { readonly later: () => Value }

export class FunctionValue {
  readonly name: string
  readonly node: Node<'FunctionDef'> | Node<'Lambda'>
  readonly scope: Scope
  readonly source: Source
  readonly defaults: ReadonlyMap<string, Value>
  /** Made by `@contextmanager`. */
  isContextManager = false
  constructor(
    name: string,
    node: Node<'FunctionDef'> | Node<'Lambda'>,
    options: {
      readonly scope: Scope
      readonly source: Source
      readonly defaults: ReadonlyMap<string, Value>
    },
  ) {
    this.name = name
    this.node = node
    this.scope = options.scope
    this.source = options.source
    this.defaults = options.defaults
  }
}

export class ClassValue {
  readonly name: string
  readonly bases: readonly Value[]
  readonly members: Scope
  readonly line: number
  constructor(name: string, bases: readonly Value[], members: Scope, line: number) {
    this.name = name
    this.bases = bases
    this.members = members
    this.line = line
  }
}

export class Instance extends Changeable {
  readonly of: ClassValue
  readonly fields = new Map<string, Value>()
  constructor(of: ClassValue) {
    super()
    this.of = of
  }
}

/** The arguments of a call. */
export type Arguments = {
  readonly positional: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
}

/** A function that the importer has in place of Python's or a library's. */
export class Native {
  readonly name: string
  readonly call: (given: Arguments, evaluation: Evaluation) => Value
  constructor(name: string, call: (given: Arguments, evaluation: Evaluation) => Value) {
    this.name = name
    this.call = call
  }
}

/** A file of the project's own. */
export class Module {
  readonly name: string
  readonly scope: Scope
  readonly file: string
  constructor(name: string, scope: Scope, file: string) {
    this.name = name
    this.scope = scope
    this.file = file
  }
}

/** Something of a library as it was written: `sqlalchemy.String`, `sqlalchemy.String(20)`, `users.c.id == 5`. */
export class Term {
  readonly form: TermForm
  readonly line: number
  constructor(form: TermForm, line: number) {
    this.form = form
    this.line = line
  }
}

export type TermForm =
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'attribute'; readonly of: Term; readonly name: string }
  | { readonly is: 'item'; readonly of: Term; readonly key: Value }
  | {
      readonly is: 'call'
      readonly callee: Term
      readonly positional: readonly Value[]
      readonly named: ReadonlyMap<string, Value>
    }
  | { readonly is: 'operation'; readonly operator: string; readonly operands: readonly Value[] }

/** An object of a library with a behaviour of its own: a connection, an inspector. */
export abstract class Foreign {
  /** What it is, for reasons: `a connection`. */
  abstract readonly what: string
  /** Undefined where it has none of that name. */
  abstract attribute(name: string, evaluation: Evaluation): Value | undefined
  /** As a context manager: what `with … as` binds, and what to do at the end. */
  enter?(evaluation: Evaluation): { readonly value: Value; leave(): void }
  call?(given: Arguments, evaluation: Evaluation): Value
  item?(key: Value, evaluation: Evaluation): Value
  assign?(name: string, value: Value, evaluation: Evaluation): void
  iterate?(): readonly Value[] | undefined
  /** The same as an expression of the run's, where it has one. */
  residual?(): Residual
  /** What a loop over it walks, asked anew at each loop. */
  walk?(): Value
}

/** What a library knows of a row beyond its columns: attributes that it reads and sets in a way of its own. */
export interface Entity {
  /** Undefined where the row has no such attribute. */
  attribute(row: Residual, name: string, evaluation: Evaluation): Value | undefined
  /** What stands at a place of the row, as that of a tuple. */
  place(row: Residual, place: number): Value
  assign(row: Residual, name: string, value: Value, evaluation: Evaluation): void
  /** The first thing of each of these rows. */
  scalars(rows: Residual): Residual
}

/** What sort of thing a residual is, as far as is known: it decides how Python's words are said in TypeScript. */
export type Sort =
  | 'rows'
  | 'row'
  | 'list'
  | 'dict'
  | 'text'
  | 'number'
  | 'decimal'
  | 'boolean'
  | 'json'
  | 'date'
  | 'unknown'

/** How far rows have been fetched one by one. */
export type Cursor = {
  /** Where the query was asked: the loops and branches around it. */
  readonly loops: number
  readonly depth: number
  fetched: number
}

/** A query whose rows something may use. */
export type Query = {
  used: boolean
  /** Its rows are taken out one by one, of a list of their own. */
  isTaken?: true
  /** What it is made of, and is used with it. */
  readonly needs: readonly Query[]
}

/** What only the run knows: an expression of TypeScript. */
export class Residual {
  readonly code: string
  readonly sort: Sort
  /** The queries without which the expression has nothing to say. */
  readonly queries: readonly Query[]
  /** Of rows, a row, or a list of tuples: the names of its columns, where they are known. */
  readonly columns: readonly string[] | null
  /** Of a list: what its items are. */
  readonly items: Sort
  /** Of rows: whether all that is in them are numbers, which the driver may give as texts. */
  readonly numbers: boolean
  /** Of what a query gave as it is, and not as a list. */
  readonly cursor: Cursor | null
  /** Of a row, or of rows and lists, each of them: what a library knows of it. */
  readonly entity: Entity | null
  /** Of a list whose items are tuples: what these hold, by place. */
  readonly shape: readonly Pick<Residual, 'sort' | 'columns'>[] | null
  /** Of rows: whether it is known that they are all that `rowcount` counts. */
  readonly countable: boolean
  /** Whether it is true, where that can be said shorter than its value. */
  readonly truth: string | null
  /** Whether it stands as one word among operators, with no parentheses around it. */
  readonly simple: boolean
  constructor(
    code: string,
    options: {
      readonly sort?: Sort
      readonly queries?: readonly Query[]
      readonly columns?: readonly string[] | null
      readonly items?: Sort
      readonly entity?: Entity | null
      readonly cursor?: Cursor | null
      readonly numbers?: boolean
      readonly simple?: boolean
      readonly truth?: string | null
      readonly countable?: boolean
      readonly shape?: readonly Pick<Residual, 'sort' | 'columns'>[] | null
    } = {},
  ) {
    this.code = code
    this.sort = options.sort ?? 'unknown'
    this.queries = options.queries ?? []
    this.columns = options.columns ?? null
    this.items = options.items ?? 'unknown'
    this.entity = options.entity ?? null
    this.cursor = options.cursor ?? null
    this.numbers = options.numbers ?? false
    this.shape = options.shape ?? null
    this.truth = options.truth ?? null
    this.countable = options.countable ?? true
    this.simple = options.simple ?? /^[\w$.]+$/.test(code)
  }
}

export const none: Arguments = { positional: [], named: new Map() }

/** By what a dict or a set knows a value; `1`, `1.0` and `True` are one. Undefined where Python cannot hash it. */
export function keyOf(value: Value): string | undefined {
  if (value === null) return 'None'
  if (typeof value === 'string') return `s${value}`
  if (typeof value === 'boolean') return `n${Number(value)}`
  if (typeof value === 'number' || typeof value === 'bigint') return `n${value}`
  if (value instanceof Float) return `n${value.value}`
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('hex')}`
  if (value instanceof Tuple) {
    const keys = value.items.map(keyOf)
    return keys.includes(undefined) ? undefined : `t${JSON.stringify(keys)}`
  }
  if (value instanceof List || value instanceof Dict || value instanceof PySet || value instanceof Residual)
    return undefined
  return `o${identity(value)}`
}

const identities = new WeakMap<object, number>()
let last = 0

function identity(value: object): number {
  const known = identities.get(value)
  if (known !== undefined) return known
  last += 1
  identities.set(value, last)
  return last
}

export function dictOf(entries: Iterable<readonly [Value, Value]>): Dict {
  const dict = new Dict()
  for (const [key, value] of entries) dict.entries.set(keyOf(key) ?? '', [key, value])
  return dict
}

export function setOf(items: Iterable<Value>): PySet {
  const set = new PySet()
  for (const item of items) set.entries.set(keyOf(item) ?? '', item)
  return set
}
