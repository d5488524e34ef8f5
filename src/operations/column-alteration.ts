import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import {
  type CollationName,
  type ColumnCompression,
  type ColumnOptions,
  type ColumnStorage,
  type ColumnType,
  collationName,
  defaultExpression,
} from './column-definition.ts'
import { type Identity, type IdentityChange, identityChanges, identityClause } from './identity.ts'
import { type LockMode, type Need, needsOf } from './operation.ts'
import { alterParameters } from './storage-parameters.ts'

type Retyping =
  | {
      readonly type: ColumnType
      /** How the old values become new ones; PostgreSQL's assignment cast if left out. */
      readonly using?: Sql
      /** The type's own collation if left out, whatever the column had before. */
      readonly collation?: CollationName
    }
  | { readonly type?: never; readonly using?: never; readonly collation?: never }

type Properties = Retyping & {
  /** A new default; null drops it. */
  readonly default?: Value | Sql
  /**
   * An identity for a column that has none, where `was` says so with null; else the parts of its identity that change.
   * null drops it.
   */
  readonly identity?: Identity | IdentityChange | null
  /** Another expression of a generated column, from PostgreSQL 17 on; null makes it a plain one that keeps its values. */
  readonly generated?: Sql | null
  /** For values that are written from then on. */
  readonly storage?: ColumnStorage
  /** For values that are written from then on; from PostgreSQL 14 on. */
  readonly compression?: ColumnCompression
  /** The statistics target; -1 is the server's `default_statistics_target`. */
  readonly statistics?: number
  /** null resets an option. */
  readonly options?: { readonly [Option in keyof ColumnOptions]: ColumnOptions[Option] | null }
}

/** A change of a column; what is not named stays as it is. `was`: the same properties as they were. */
export type ColumnAlteration = Properties & { readonly was?: Properties }
export type NamedAlteration = { readonly name: string } & ColumnAlteration

const properties = [
  'type',
  'default',
  'identity',
  'generated',
  'storage',
  'compression',
  'statistics',
  'options',
] as const

/** The actions of an ALTER TABLE, in the order in which they have to stand. */
export function alterationActions({ name, was, ...change }: NamedAlteration): readonly string[] {
  const { identity, generated, storage, compression, statistics, options } = change
  return [
    ...typeAndDefault(change),
    identity !== undefined && identityAction(identity, was?.identity),
    generated !== undefined &&
      (generated === null ? 'DROP EXPRESSION' : `SET EXPRESSION AS (${inlineSql(generated)})`),
    storage !== undefined && `SET STORAGE ${storage}`,
    compression !== undefined && `SET COMPRESSION ${compression}`,
    statistics !== undefined && `SET STATISTICS ${statistics}`,
    ...alterParameters(options ?? {}),
  ].flatMap((action) => (action === false ? [] : [`ALTER COLUMN ${quoteIdentifier(name)} ${action}`]))
}

/** The change that brings back what was; or the properties of which nothing says what they were. */
export function undoneAlteration(
  alteration: NamedAlteration,
): NamedAlteration | { readonly missing: readonly string[] } {
  const { name, was, ...now } = alteration
  // An expression that is gone cannot be given back to a column that has become a plain one.
  const missing = properties.filter(
    (property) =>
      now[property] !== undefined &&
      (was?.[property] === undefined || (property === 'generated' && now.generated === null)),
  )
  return was === undefined || missing.length > 0 ? { missing } : { name, ...was, was: now }
}

export function alterationNeeds({ storage, compression, generated }: ColumnAlteration): readonly Need[] {
  return needsOf(
    [storage === 'default', 'STORAGE DEFAULT', 16],
    [compression, 'COMPRESSION of a column', 14],
    [generated !== undefined && generated !== null, 'SET EXPRESSION of a generated column', 17],
  )
}

/** What ANALYZE reads is changed while the table is written; all else closes it. */
export function alterationLock({
  statistics: _,
  options: __,
  was: ___,
  name: ____,
  ...rest
}: NamedAlteration): LockMode {
  return Object.values(rest).every((value) => value === undefined)
    ? 'ShareUpdateExclusive'
    : 'AccessExclusive'
}

export function alterationWarnings(
  table: string,
  { name, type, generated }: NamedAlteration,
): readonly string[] {
  const closed = `${table} is rewritten, and closed to readers meanwhile`
  return [
    ...(type === undefined ? [] : [`${closed}, unless ${type} stores the same bytes`]),
    ...(generated === undefined || generated === null ? [] : [`${closed}, if ${name} is stored`]),
  ]
}

function typeAndDefault({ type, using, collation, ...rest }: Properties): readonly string[] {
  const value = rest.default
  const retyped = clauses(
    `TYPE ${type}`,
    collation !== undefined && `COLLATE ${collationName(collation)}`,
    using !== undefined && `USING ${inlineSql(using)}`,
  )
  const types = type === undefined ? [] : [retyped]
  if (value === undefined) return types
  if (value === null) return ['DROP DEFAULT', ...types]
  const set = `SET DEFAULT ${defaultExpression(value)}`
  // The old default is not always castable to the new type (42804), so it goes before.
  return type === undefined ? [set] : ['DROP DEFAULT', ...types, set]
}

function identityAction(
  identity: Identity | IdentityChange | null,
  was: Identity | IdentityChange | null | undefined,
): string {
  if (identity === null) return 'DROP IDENTITY'
  if (was === null) return `ADD ${identityClause(wholeIdentity(identity))}`
  return identityChanges(typeof identity === 'string' ? { generated: identity } : withoutName(identity))
}

/** What is said in parts only is made of PostgreSQL's defaults for the rest. */
function wholeIdentity(identity: Identity | IdentityChange): Identity {
  if (typeof identity === 'string') return identity
  const { restart: _, minValue, maxValue, ...rest } = identity as IdentityChange
  return {
    generated: 'by default',
    ...rest,
    ...(minValue === undefined || minValue === null ? {} : { minValue }),
    ...(maxValue === undefined || maxValue === null ? {} : { maxValue }),
  }
}

function withoutName(identity: Exclude<Identity, string> | IdentityChange): IdentityChange {
  if (!('sequence' in identity)) return identity
  const { sequence: _, ...change } = identity
  return change
}
