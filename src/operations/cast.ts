import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { cascadeClause, inverseOfDrop } from './cascade.ts'
import type { ColumnType } from './column-definition.ts'
import { type Operation, operation, statement } from './operation.ts'

/** The cast is named by these: there is one from a type to another. */
type Named = { readonly from: ColumnType; readonly to: ColumnType }

export type CastDefinition = {
  /** When PostgreSQL uses it without being asked: never if left out, to store a value, or in any expression. */
  readonly as?: 'assignment' | 'implicit'
} & (
  | {
      readonly withFunction: {
        readonly schema?: string
        readonly name: string
        /** Types: the value, for a length its modifier (`integer`), and whether the cast is explicit (`boolean`). */
        readonly arguments: readonly ColumnType[]
      }
      readonly withoutFunction?: never
      readonly inout?: never
    }
  /** The bytes are the same. For superusers. */
  | { readonly withoutFunction: true; readonly withFunction?: never; readonly inout?: never }
  /** By way of the text form. */
  | { readonly inout: true; readonly withFunction?: never; readonly withoutFunction?: never }
)

export type CreateCast = Named & CastDefinition
export type DropCast = Named & {
  /** Changes nothing, since nothing depends on a cast, only on its function; PostgreSQL takes the word. */
  readonly cascade?: boolean
  /** What the cast was, so that it can be made again. */
  readonly was?: CastDefinition
}

/**
 * Creates a cast from a type to another; whoever does it owns one of the two.
 * https://www.postgresql.org/docs/current/sql-createcast.html
 */
export const createCast: Operation<'createCast', CreateCast> = operation('createCast', {
  title: (fields) => `create cast from ${fields.from} to ${fields.to}`,
  steps: (fields) => [
    statement(
      clauses(
        `CREATE CAST (${fields.from} AS ${fields.to})`,
        method(fields),
        fields.as !== undefined && `AS ${fields.as.toUpperCase()}`,
      ),
    ),
  ],
  inverse: ({ from, to, ...was }) => [dropCast({ from, to, was: was as CastDefinition })],
  locks: () => [],
  examples: [
    {
      given: `CREATE TYPE money_amount AS (amount numeric, currency text); CREATE SCHEMA "My App";
        CREATE FUNCTION "My App"."Amount"(money_amount) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT $1.amount'`,
      fields: {
        from: 'money_amount',
        to: 'numeric',
        withFunction: { schema: 'My App', name: 'Amount', arguments: ['money_amount'] },
        as: 'implicit',
      },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE TYPE "My App"."Mood" AS ENUM ('sad', 'happy')`,
      fields: { from: 'text', to: '"My App"."Mood"', inout: true, as: 'assignment' },
    },
    {
      given: 'CREATE TYPE a AS (x integer); CREATE TYPE b AS (x integer)',
      fields: { from: 'a', to: 'b', inout: true },
    },
    { fields: { from: 'bigint', to: 'timestamptz', withoutFunction: true } },
  ],
})

/**
 * Drops a cast. What has used it goes on: a view has kept the cast's function.
 * https://www.postgresql.org/docs/current/sql-dropcast.html
 */
export const dropCast: Operation<'dropCast', DropCast> = operation('dropCast', {
  title: (fields) => `drop cast from ${fields.from} to ${fields.to}`,
  steps: (fields) => [
    statement(clauses(`DROP CAST (${fields.from} AS ${fields.to})`, cascadeClause(fields))),
  ],
  inverse: ({ was, cascade: _, ...named }) =>
    inverseOfDrop(
      { was },
      { what: `the cast from ${named.from} to ${named.to}`, operation: 'dropCast' },
      (before) => [createCast({ ...named, ...before })],
    ),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: `CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE CAST (text AS mood) WITH INOUT AS IMPLICIT`,
      fields: { from: 'text', to: 'mood', was: { inout: true, as: 'implicit' } },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE TYPE "My App"."Mood" AS ENUM ('sad', 'happy');
        CREATE FUNCTION rank("My App"."Mood") RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
        CREATE CAST ("My App"."Mood" AS integer) WITH FUNCTION rank("My App"."Mood");
        CREATE VIEW ranks AS SELECT 'sad'::"My App"."Mood"::integer AS rank`,
      fields: {
        from: '"My App"."Mood"',
        to: 'integer',
        cascade: true,
        was: { withFunction: { name: 'rank', arguments: ['"My App"."Mood"'] } },
      },
    },
  ],
})

function method(cast: CastDefinition): string {
  if (cast.withFunction !== undefined)
    return `WITH FUNCTION ${qualifiedName(cast.withFunction)}(${cast.withFunction.arguments.join(', ')})`
  return cast.inout === true ? 'WITH INOUT' : 'WITHOUT FUNCTION'
}
