import { quoteIdentifier } from '../sql/identifier.ts'
import { locksOnObject, type ObjectOf, objectSql, objectTitle } from './object-reference.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { isUnnoticed } from './phase.ts'

/** The objects that can go from one schema to another. */
export type MovableObject = ObjectOf<
  | 'table'
  | 'view'
  | 'materializedView'
  | 'foreignTable'
  | 'sequence'
  | 'statistics'
  | 'type'
  | 'domain'
  | 'collation'
  | 'conversion'
  | 'textSearchConfiguration'
  | 'textSearchDictionary'
  | 'textSearchParser'
  | 'textSearchTemplate'
  | 'function'
  | 'procedure'
  | 'routine'
  | 'aggregate'
  | 'operator'
  | 'operatorClass'
  | 'operatorFamily'
  | 'extension'
>

export type SetSchema = {
  readonly of: MovableObject
  readonly to: string
  /** The schema that it was in, where `of` does not name one. */
  readonly was?: string
}

/**
 * Moves an object to another schema; a table's indexes, constraints and the sequences of its columns go with it. Code
 * that finds it by search_path may find another one, or none. Takes AccessExclusive for a moment on a table or view.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const setSchema: Operation<'setSchema', SetSchema> = operation('setSchema', {
  title: ({ of, to }) => `set schema of ${objectTitle(of)} to ${to}`,
  steps: ({ of, to }) => [statement(`ALTER ${objectSql(of)} SET SCHEMA ${quoteIdentifier(to)}`)],
  inverse({ of, to, was }) {
    const before = of.schema ?? was
    if (before === undefined) return unknownBefore(`the schema of ${objectTitle(of)}`, 'setSchema')
    if ('extension' in of) return [setSchema({ of, to: before, was: to })]
    return [setSchema({ of: { ...of, schema: to }, to: before })]
  },
  phase: ({ of }) => (isUnnoticed(of) ? 'expand' : 'contract'),
  locks: ({ of }) => locksOnObject(of, { itself: 'AccessExclusive', itsTable: 'AccessExclusive' }),
  examples: [
    {
      given: 'CREATE SCHEMA app; CREATE SCHEMA "Old"; CREATE TABLE app."Users" (id bigserial PRIMARY KEY)',
      fields: { of: { schema: 'app', table: 'Users' }, to: 'Old' },
    },
    {
      given: "CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('sad')",
      fields: { of: { type: 'mood' }, to: 'app', was: 'public' },
    },
    {
      given: 'CREATE SCHEMA tools; CREATE EXTENSION citext',
      fields: { of: { extension: 'citext' }, to: 'tools', was: 'public' },
    },
    {
      given: 'CREATE SCHEMA app; CREATE VIEW answers AS SELECT 42 AS answer',
      fields: { of: { view: 'answers' }, to: 'app' },
    },
  ],
})
