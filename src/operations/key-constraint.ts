import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { dropConstraint } from './constraint.ts'
import {
  constraintNeeds,
  type Deferral,
  deferral,
  type PrimaryKey,
  type Unique,
} from './constraint-definition.ts'
import { addConstraint, alterTable, type NamedConstraint } from './constraint-steps.ts'
import { createIndex } from './index.ts'
import { createIndexProcedure } from './index-build.ts'
import type { IndexDefinition } from './index-definition.ts'
import {
  type Directive,
  type Irreversible,
  type Operation,
  operation,
  type Step,
  unknownBefore,
} from './operation.ts'
import { phaseOfColumns } from './phase.ts'
import { inSchema, lockOn } from './relation.ts'

/** `concurrently`: the index is built first, while the table is written, and the constraint takes it over. */
export type Building =
  | { readonly concurrently?: boolean; readonly withoutOverlaps?: never }
  | { readonly concurrently?: false; readonly withoutOverlaps?: string }

type TakenIndex = Deferral & {
  /** A unique index that is there, on columns alone and in their plain order; it gets the constraint's name. */
  readonly usingIndex: string
  /** What the index was, so that it can be made again: it goes when the constraint is dropped. */
  readonly was?: Omit<IndexDefinition, 'schema' | 'table' | 'unique'>
}

/** A key whose index PostgreSQL makes, or one that takes over an index. */
type BuiltOrTaken<Key> =
  | (Key & Building & { readonly usingIndex?: never; readonly was?: never })
  | (TakenIndex & { readonly [Field in Exclude<keyof Key, keyof Deferral> | 'concurrently']?: never })

export type CreateUniqueConstraint = NamedConstraint & BuiltOrTaken<Unique>
export type CreatePrimaryKey = NamedConstraint & BuiltOrTaken<PrimaryKey>

/**
 * Adds a unique constraint. With `concurrently` its index is built first, while the table is read and written; with
 * `usingIndex` it is there already, and only its name changes, under AccessExclusive for a moment.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const createUniqueConstraint: Operation<'createUniqueConstraint', CreateUniqueConstraint> = operation(
  'createUniqueConstraint',
  {
    title: (fields) => `create unique constraint ${fields.name} on ${fields.table}`,
    steps(fields) {
      if (fields.usingIndex !== undefined) return takeIndex('UNIQUE', fields)
      const { named, concurrently, key } = apart(fields)
      return concurrently ? buildIndex('UNIQUE', named, key) : addConstraint(named, { unique: key }, 'now')
    },
    inverse(fields) {
      if (fields.usingIndex !== undefined) return giveIndexBack(fields)
      const { name, table, schema, ...unique } = fields
      return [dropConstraint({ ...inSchema({ schema }), table, name, was: { unique } })]
    },
    needs: (fields) => (fields.usingIndex === undefined ? constraintNeeds({ unique: fields }) : []),
    phase: (fields, isNew) =>
      fields.usingIndex === undefined ? phaseOfColumns(fields, fields.columns, isNew) : 'expand',
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      {
        given: 'CREATE TABLE users (id bigint, email text)',
        fields: { name: 'users_email_key', table: 'users', columns: ['email'], deferrable: true },
      },
      {
        given: 'CREATE TABLE users (id bigint, email text)',
        fields: { name: 'users_email_key', table: 'users', columns: ['email'], concurrently: true },
      },
      {
        given: 'CREATE TABLE users (id bigint, email text)',
        fields: {
          name: 'users_email_key',
          table: 'users',
          columns: ['email'],
          include: ['id'],
          nullsNotDistinct: true,
          initiallyDeferred: true,
          concurrently: true,
        },
      },
      {
        given: 'CREATE SCHEMA app; CREATE TABLE app."Users" (id bigint, "The email" text)',
        fields: {
          schema: 'app',
          table: 'Users',
          name: 'one each',
          columns: ['The email'],
          include: ['id'],
          with: { fillfactor: 70 },
          tablespace: 'pg_default',
          concurrently: true,
        },
      },
      {
        given:
          'CREATE TABLE users (id bigint, email text); CREATE UNIQUE INDEX users_email_idx ON users (email) INCLUDE (id)',
        fields: {
          name: 'users_email_key',
          table: 'users',
          usingIndex: 'users_email_idx',
          deferrable: true,
          was: { columns: ['email'], include: ['id'] },
        },
      },
      {
        given: 'CREATE TABLE bookings (room int4range, during tstzrange, guest text)',
        fields: {
          name: 'bookings_room_key',
          table: 'bookings',
          columns: ['room'],
          withoutOverlaps: 'during',
          include: ['guest'],
          with: { fillfactor: 80 },
          tablespace: 'pg_default',
        },
      },
    ],
  },
)

/**
 * Adds a primary key. With `concurrently` its index is built first; let the columns be NOT NULL before, or PostgreSQL
 * scans the table under AccessExclusive. With `usingIndex` the index is there already.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const createPrimaryKey: Operation<'createPrimaryKey', CreatePrimaryKey> = operation(
  'createPrimaryKey',
  {
    title: (fields) => `create primary key ${fields.name} on ${fields.table}`,
    steps(fields) {
      if (fields.usingIndex !== undefined) return takeIndex('PRIMARY KEY', fields)
      const { named, concurrently, key } = apart(fields)
      if (concurrently) return buildIndex('PRIMARY KEY', named, key)
      return addConstraint(named, { primaryKey: key }, 'now')
    },
    inverse(fields) {
      if (fields.usingIndex !== undefined) return giveIndexBack(fields)
      const { name, table, schema, ...primaryKey } = fields
      return [dropConstraint({ ...inSchema({ schema }), table, name, was: { primaryKey } })]
    },
    needs: (fields) => (fields.usingIndex === undefined ? constraintNeeds({ primaryKey: fields }) : []),
    phase: (fields, isNew) => phaseOfColumns(fields, fields.columns ?? [], isNew),
    locks: (fields) => [lockOn(fields, 'AccessExclusive')],
    examples: [
      {
        given: 'CREATE TABLE users (id bigint NOT NULL)',
        fields: { name: 'users_pkey', table: 'users', columns: ['id'], concurrently: true },
      },
      {
        given: 'CREATE TABLE users (id bigint, email text)',
        fields: { name: 'users_pkey', table: 'users', columns: ['id'], include: ['email'], deferrable: true },
        leaves: 'a column that was in a primary key stays NOT NULL',
      },
      {
        given:
          'CREATE SCHEMA app; CREATE TABLE app."Users" (id bigint NOT NULL); CREATE UNIQUE INDEX ids ON app."Users" (id)',
        fields: {
          schema: 'app',
          table: 'Users',
          name: 'The key',
          usingIndex: 'ids',
          initiallyDeferred: true,
          was: { columns: ['id'] },
        },
      },
      {
        given: 'CREATE TABLE prices (product int4range NOT NULL, during daterange NOT NULL, amount numeric)',
        fields: {
          name: 'prices_pkey',
          table: 'prices',
          columns: ['product'],
          withoutOverlaps: 'during',
          with: { fillfactor: 70 },
          initiallyDeferred: true,
        },
      },
    ],
  },
)

/** The constraint's name, how its index is built, and the key itself. */
function apart<Key extends NamedConstraint & { readonly concurrently?: boolean | undefined }>(fields: Key) {
  const { schema, table, name, concurrently, ...key } = fields
  return { named: { ...inSchema({ schema }), table, name }, concurrently: concurrently === true, key }
}

type KeyWord = 'UNIQUE' | 'PRIMARY KEY'

function buildIndex(word: KeyWord, named: NamedConstraint, key: Unique): readonly Step[] {
  const { deferrable: _, initiallyDeferred: __, withoutOverlaps: ___, ...index } = key
  return [
    createIndexProcedure({ ...named, ...index, unique: true }),
    ...takeIndex(word, { ...named, ...key, usingIndex: named.name }, 'own'),
  ]
}

function takeIndex(
  word: KeyWord,
  fields: NamedConstraint & TakenIndex,
  transaction: 'shared' | 'own' = 'shared',
): readonly Step[] {
  const constraint = `ADD CONSTRAINT ${quoteIdentifier(fields.name)} ${word}`
  const using = `USING INDEX ${quoteIdentifier(fields.usingIndex)}${deferral(fields)}`
  return [alterTable(fields, clauses(constraint, using), transaction)]
}

/** Dropping the constraint drops its index; so another is built, while the table is read and written. */
function giveIndexBack(fields: NamedConstraint & TakenIndex): readonly Directive[] | Irreversible {
  const { name, usingIndex, was } = fields
  if (was === undefined) {
    return unknownBefore(`the index ${usingIndex} that the constraint ${name} took over`, 'the constraint')
  }
  const table = { ...inSchema(fields), table: fields.table }
  return [
    dropConstraint({ ...table, name }),
    createIndex({ ...table, name: usingIndex, unique: true, ...was, concurrently: true }),
  ]
}
