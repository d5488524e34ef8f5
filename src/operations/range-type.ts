import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import type { ColumnType } from './column-definition.ts'
import { type ObjectName, objectName } from './object-name.ts'
import { needsOf, type Operation, operation, statement } from './operation.ts'
import { inSchema } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

export type RangeType = {
  readonly subtype: ColumnType
  readonly subtypeOperatorClass?: ObjectName
  readonly collation?: ObjectName
  /** A function from two values of the subtype to the distance between them, for GiST. */
  readonly subtypeDiff?: ObjectName
  /** From PostgreSQL 14 on, which makes a multirange type with every range type, and gives it a name if none is said. */
  readonly multirangeTypeName?: ObjectName
}

export type CreateRangeType = Named &
  RangeType & {
    /**
     * A function that brings equal ranges to one form. It takes the range type, so that has to be there as a shell first:
     * `CREATE TYPE name`, then the function, then this.
     */
    readonly canonical?: ObjectName
  }

export type DropRangeType = Named & {
  /** Drops what uses the type too: columns with their values, functions, views. */
  readonly cascade?: boolean
  /** What the type was, so that it can be made again. One with a canonical function goes only with `cascade`. */
  readonly was?: RangeType
}

/**
 * Creates a range type, with its multirange type from PostgreSQL 14 on.
 * https://www.postgresql.org/docs/current/rangetypes.html#RANGETYPES-DEFINING
 */
export const createRangeType: Operation<'createRangeType', CreateRangeType> = operation('createRangeType', {
  title: (fields) => `create range type ${fields.name}`,
  steps: (fields) => [statement(`CREATE TYPE ${qualifiedName(fields)} AS RANGE (${options(fields)})`)],
  inverse({ schema, name, canonical, ...was }) {
    if (canonical !== undefined) {
      return {
        irreversible: `The range type ${name} and its canonical function need each other, and go only together: use dropRangeType with "cascade".`,
      }
    }
    return [dropRangeType({ ...inSchema({ schema }), name, was })]
  },
  needs: (fields) => needsOf([fields.multirangeTypeName, 'a name for a multirange type', 14]),
  locks: () => [],
  examples: [
    { fields: { name: 'percentages', subtype: 'numeric' } },
    {
      given: `CREATE SCHEMA "My App";
        CREATE FUNCTION "My App"."Distance"(text, text) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT 1.0::float8'`,
      fields: {
        schema: 'My App',
        name: 'Words',
        subtype: 'text',
        subtypeOperatorClass: { schema: 'pg_catalog', name: 'text_pattern_ops' },
        collation: 'C',
        subtypeDiff: { schema: 'My App', name: 'Distance' },
      },
    },
    {
      fields: {
        name: 'floats',
        subtype: 'double precision',
        subtypeDiff: 'float8mi',
        multirangeTypeName: 'many_floats',
      },
    },
    {
      given: `CREATE TYPE days; CREATE FUNCTION first_days(days) RETURNS days LANGUAGE internal IMMUTABLE STRICT
        AS 'daterange_canonical'`,
      fields: { name: 'days', subtype: 'date', canonical: 'first_days' },
    },
  ],
})

/**
 * Drops a range type; refused by PostgreSQL while something uses it, unless `cascade` takes that along.
 * https://www.postgresql.org/docs/current/sql-droptype.html
 */
export const dropRangeType: Operation<'dropRangeType', DropRangeType> = operation('dropRangeType', {
  title: (fields) => `drop range type ${fields.name}`,
  steps: (fields) => [statement(clauses(`DROP TYPE ${qualifiedName(fields)}`, cascadeClause(fields)))],
  inverse: ({ was, cascade, ...named }) =>
    inverseOfDrop(
      { was, cascade },
      { what: `the range type ${named.name}`, operation: 'dropRangeType' },
      (before) => [createRangeType({ ...named, ...before })],
    ),
  loses: (fields) => cascadeLoss(fields, `the range type ${fields.name}`),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: 'CREATE TYPE percentages AS RANGE (SUBTYPE = numeric)',
      fields: { name: 'percentages', was: { subtype: 'numeric' } },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE TYPE "My App"."Words" AS RANGE (SUBTYPE = text);
        CREATE TABLE pages (words "My App"."Words")`,
      fields: { schema: 'My App', name: 'Words', cascade: true },
      locks: [{ table: 'pages', mode: 'AccessExclusive' }],
    },
  ],
})

function options(fields: CreateRangeType): string {
  const named: readonly (readonly [string, ObjectName | undefined])[] = [
    ['SUBTYPE_OPCLASS', fields.subtypeOperatorClass],
    ['COLLATION', fields.collation],
    ['CANONICAL', fields.canonical],
    ['SUBTYPE_DIFF', fields.subtypeDiff],
    ['MULTIRANGE_TYPE_NAME', fields.multirangeTypeName],
  ]
  return [
    `SUBTYPE = ${fields.subtype}`,
    ...named.flatMap(([option, name]) => (name === undefined ? [] : [`${option} = ${objectName(name)}`])),
  ].join(', ')
}
