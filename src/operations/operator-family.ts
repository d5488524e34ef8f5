import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import type { AtLeastOne } from './change.ts'
import { type Operation, operation, statement } from './operation.ts'
import { type FamilyFunction, type FamilyOperator, memberList, memberNames } from './operator-member.ts'
import { inSchema } from './relation.ts'

type Named = {
  readonly schema?: string
  readonly name: string
  /** The access method: `btree`. */
  readonly using: string
}

export type FamilyMembers = {
  readonly operators?: readonly FamilyOperator[]
  readonly functions?: readonly FamilyFunction[]
}

export type CreateOperatorFamily = Named
export type AlterOperatorFamily = Named &
  AtLeastOne<{
    readonly add?: AtLeastOne<FamilyMembers>
    /** Described as they were made, so that the change can be undone. Dropped before others are added. */
    readonly drop?: AtLeastOne<FamilyMembers>
  }>
export type DropOperatorFamily = Named & {
  /** Drops what uses the classes of the family too: indexes. */
  readonly cascade?: boolean
  /** Says that it had no members of its own and no classes: `{}`. Drop those before, so that they can be made again. */
  readonly was?: { readonly [member: string]: never }
}

/**
 * Creates an operator family, which holds operator classes of one meaning and what works across them. For superusers.
 * https://www.postgresql.org/docs/current/sql-createopfamily.html
 */
export const createOperatorFamily: Operation<'createOperatorFamily', CreateOperatorFamily> = operation(
  'createOperatorFamily',
  {
    title: (fields) => `create operator family ${fields.name} using ${fields.using}`,
    steps: (fields) => [statement(`CREATE ${family(fields)}`)],
    inverse: (named) => [dropOperatorFamily({ ...named, was: {} })],
    locks: () => [],
    examples: [
      { fields: { name: 'spots', using: 'btree' } },
      { given: 'CREATE SCHEMA "My App"', fields: { schema: 'My App', name: 'Spot family', using: 'hash' } },
    ],
  },
)

/**
 * Adds operators and functions to a family, and takes such away as are of no class of it. For superusers.
 * https://www.postgresql.org/docs/current/sql-alteropfamily.html
 */
export const alterOperatorFamily: Operation<'alterOperatorFamily', AlterOperatorFamily> = operation(
  'alterOperatorFamily',
  {
    title: (fields) => `alter operator family ${fields.name} using ${fields.using}`,
    steps({ add, drop, ...named }) {
      return [
        ...(drop === undefined
          ? []
          : [statement(`ALTER ${family(named)} DROP ${memberNames(drop).join(', ')}`)]),
        ...(add === undefined ? [] : [statement(`ALTER ${family(named)} ADD ${memberList(add).join(', ')}`)]),
      ]
    },
    inverse: ({ schema, name, using, add, drop }) => {
      const change = {
        ...(drop === undefined ? {} : { add: drop }),
        ...(add === undefined ? {} : { drop: add }),
      }
      return [alterOperatorFamily({ ...inSchema({ schema }), name, using, ...change } as AlterOperatorFamily)]
    },
    locks: () => [],
    examples: [
      {
        given: `CREATE SCHEMA "My App"; CREATE OPERATOR FAMILY "My App"."Numbers" USING btree;
          CREATE FUNCTION "My App"."Compare"(integer, bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT btint48cmp($1, $2)';
          ALTER OPERATOR FAMILY "My App"."Numbers" USING btree ADD OPERATOR 3 = (integer, integer),
            FUNCTION 1 btint4cmp(integer, integer)`,
        fields: {
          schema: 'My App',
          name: 'Numbers',
          using: 'btree',
          add: {
            operators: [
              {
                strategy: 1,
                operator: { schema: 'pg_catalog', name: '<' },
                left: 'integer',
                right: 'bigint',
              },
              { strategy: 3, operator: '=', left: 'integer', right: 'bigint' },
            ],
            functions: [
              {
                support: 1,
                left: 'integer',
                right: 'bigint',
                schema: 'My App',
                function: 'Compare',
                arguments: ['integer', 'bigint'],
              },
            ],
          },
          drop: {
            operators: [{ strategy: 3, operator: '=', left: 'integer', right: 'integer' }],
            functions: [
              {
                support: 1,
                left: 'integer',
                right: 'integer',
                function: 'btint4cmp',
                arguments: ['integer', 'integer'],
              },
            ],
          },
        },
      },
      {
        given: 'CREATE OPERATOR FAMILY corners USING gist',
        fields: {
          name: 'corners',
          using: 'gist',
          add: {
            operators: [
              { strategy: 15, operator: '<->', left: 'polygon', right: 'point', orderBy: 'float_ops' },
            ],
          },
        },
      },
    ],
  },
)

/**
 * Drops an operator family. Its classes go with it without a word, unless an index uses one: then PostgreSQL refuses, or
 * takes that along with `cascade`.
 * https://www.postgresql.org/docs/current/sql-dropopfamily.html
 */
export const dropOperatorFamily: Operation<'dropOperatorFamily', DropOperatorFamily> = operation(
  'dropOperatorFamily',
  {
    title: (fields) => `drop operator family ${fields.name} using ${fields.using}`,
    steps: (fields) => [statement(clauses(`DROP ${family(fields)}`, cascadeClause(fields)))],
    inverse: ({ was, cascade, ...named }) =>
      inverseOfDrop(
        { was, cascade },
        { what: `the operator family ${named.name}`, operation: 'dropOperatorFamily' },
        () => [createOperatorFamily(named)],
      ),
    loses: (fields) => cascadeLoss(fields, `the operator family ${fields.name}`),
    phase: ({ cascade }) => (cascade === true ? 'contract' : 'expand'),
    locks: () => [],
    examples: [
      {
        given: 'CREATE OPERATOR FAMILY spots USING btree',
        fields: { name: 'spots', using: 'btree', was: {} },
      },
      {
        given: `CREATE SCHEMA "My App"; CREATE OPERATOR CLASS "My App"."Spot ops" FOR TYPE text USING btree
          AS OPERATOR 3 =, FUNCTION 1 bttextcmp(text, text);
          CREATE TABLE spots (name text); CREATE INDEX spots_name ON spots (name "My App"."Spot ops")`,
        fields: { schema: 'My App', name: 'Spot ops', using: 'btree', cascade: true },
        locks: [{ table: 'spots', mode: 'AccessExclusive' }],
      },
    ],
  },
)

function family(named: Named): string {
  return `OPERATOR FAMILY ${qualifiedName(named)} USING ${quoteIdentifier(named.using)}`
}
