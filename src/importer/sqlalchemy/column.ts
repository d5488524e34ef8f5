import { refuse } from '../python/evaluation.ts'
import { Dict, List, Term, Tuple, type Value } from '../python/value.ts'
import { expressionPiece } from './expression.ts'
import { type GivenName, givenName } from './name.ts'
import type { Piece } from './piece.ts'
import { type Called, calledOf, nameOf, optionalText, textOf } from './term.ts'
import { isType, type SqlType, sqlType } from './types.ts'

/** A `sa.Column`, read. */
export type ColumnSpec = {
  readonly name: string
  readonly type: SqlType | null
  readonly nullable: boolean | null
  readonly primaryKey: boolean
  readonly unique: boolean
  readonly index: boolean
  /** A text is a constant, a piece an expression. */
  readonly serverDefault: string | Piece | null
  /** Python's own default, which only decides about SERIAL. */
  readonly hasDefault: boolean
  readonly autoincrement: Value
  readonly comment: string | null
  readonly foreignKeys: readonly ForeignKeySpec[]
  readonly checks: readonly Called[]
  readonly identity: Called | null
  readonly computed: Called | null
}

/** A `sa.ForeignKey` or `sa.ForeignKeyConstraint`, read. */
export type ForeignKeySpec = {
  readonly name: GivenName
  readonly referred: { readonly schema?: string; readonly table: string; readonly columns: readonly string[] }
  readonly options: ReadonlyMap<string, Value>
}

/** Whether a value is a column. */
export function isColumn(value: Value): boolean {
  return calledOf(value)?.name === 'sa.Column'
}

export function columnSpec(value: Value): ColumnSpec {
  const called = calledOf(value)
  if (called?.name !== 'sa.Column') return refuse('a column that is not known here')
  const { named } = called
  const [name, ...rest] = called.positional[0] === undefined ? [named.get('name') ?? null] : called.positional
  const type = named.get('type_') ?? rest.find(isType)
  const given = rest.find((one) => one !== null)
  if (type === undefined && given !== undefined) refuseUnknownType(given)
  const others = rest
    .filter((one) => one !== type && one !== null)
    .map((one) => calledOf(one) ?? unknownPart(one))
  const extra = calledOf(named.get('server_default') ?? null)
  const parts = extra?.name === 'sa.Identity' || extra?.name === 'sa.Computed' ? [...others, extra] : others
  const of = (kind: string) => parts.filter((part) => part.name === kind)
  return {
    name: textOf(name ?? undefined, 'the name of a column'),
    type: type === undefined ? null : sqlType(type),
    nullable: booleanOf(named.get('nullable')),
    primaryKey: booleanOf(named.get('primary_key')) ?? false,
    unique: booleanOf(named.get('unique')) ?? false,
    index: booleanOf(named.get('index')) ?? false,
    serverDefault:
      parts === others
        ? serverDefault(named.get('server_default') ?? of('sa.DefaultClause')[0]?.positional[0])
        : null,
    hasDefault: (named.get('default') ?? null) !== null || of('sa.Sequence').length > 0,
    autoincrement: named.get('autoincrement') ?? 'auto',
    comment: optionalText(named.get('comment'), 'a comment') ?? null,
    foreignKeys: of('sa.ForeignKey').map(foreignKeySpec),
    checks: of('sa.CheckConstraint'),
    identity: of('sa.Identity')[0] ?? null,
    computed: of('sa.Computed')[0] ?? null,
  }
}

/** A server default: a plain text is a constant, all else an expression. */
export function serverDefault(value: Value | undefined): string | Piece | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value
  const called = calledOf(value)
  if (called?.name === 'sa.FetchedValue' || nameOf(value) === 'sa.FetchedValue') return null
  if (called?.name === 'sa.DefaultClause') return serverDefault(called.positional[0])
  if (called?.name === 'alembic.op.inline_literal') return expressionPiece(called.positional[0] ?? null)
  if (value instanceof Term) return expressionPiece(value)
  if (typeof value === 'boolean' || typeof value === 'number')
    return refuse('a server_default must be a text, and SQLAlchemy refuses this one too')
  return refuse('a server_default that is not known here')
}

export function booleanOf(value: Value | undefined): boolean | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return value !== 0
  return typeof value === 'boolean' ? value : refuse('what should be true or false is not known here')
}

/** `ForeignKey('users.id', ondelete='CASCADE')`. */
export function foreignKeySpec({ positional, named }: Called): ForeignKeySpec {
  const [target] = positional
  return { name: givenName(named.get('name')), referred: referredColumn(target ?? null), options: named }
}

/** `schema.table.column`, as SQLAlchemy splits it. */
export function referredColumn(target: Value): ForeignKeySpec['referred'] {
  if (target instanceof Term) return referredTerm(target)
  const words = textOf(target, 'what a foreign key references').split('.')
  const column = words.pop() ?? ''
  const table = words.pop()
  if (table === undefined) return refuse(`a foreign key references ${column}, which names no table`)
  return { ...(words.length === 0 ? {} : { schema: words.join('.') }), table, columns: [column] }
}

/** `users.c.id`. */
function referredTerm(target: Term): ForeignKeySpec['referred'] {
  const { form } = target
  if (form.is === 'attribute' && form.of.form.is === 'attribute') {
    const called = calledOf(form.of.form.of)
    const [table] = called?.positional ?? []
    if (typeof table === 'string') return { table, columns: [form.name] }
  }
  return refuse('what a foreign key references is not known here')
}

/** Names of columns, as texts or as columns. */
export function columnNames(value: Value | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof List || value instanceof Tuple)
    return value.items.map((item) => (typeof item === 'string' ? item : columnSpec(item).name))
  return refuse('the columns are no known list')
}

export function memberOf(value: Value | undefined): ReadonlyMap<string, Value> {
  if (value === undefined || value === null) return new Map()
  if (!(value instanceof Dict)) return refuse('this is no known dict')
  return new Map([...value.entries.values()].map(([key, member]) => [String(key), member]))
}

const parts = new Set([
  'sa.ForeignKey',
  'sa.CheckConstraint',
  'sa.Sequence',
  'sa.Identity',
  'sa.Computed',
  'sa.DefaultClause',
])

/** What stands where a type should, and is none that is known. */
function refuseUnknownType(value: Value): void {
  const name = nameOf(value) ?? calledOf(value)?.name
  if (name !== undefined && !parts.has(name))
    refuse(`the type ${name.replace(/^sa\./, 'sqlalchemy.')} is not known here`)
}

function unknownPart(value: Value): never {
  return refuse(
    nameOf(value) === null
      ? 'a part of a column that is not known here'
      : `${nameOf(value)} in a column is not known here`,
  )
}
