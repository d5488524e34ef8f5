import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import type { AtLeastOne } from './change.ts'
import type { ColumnType } from './column-definition.ts'
import { type ObjectName, objectName } from './object-name.ts'
import { type Operation, operation, statement } from './operation.ts'
import { dropOperatorClassSql } from './operator-class-drop.ts'
import { dropOperatorFamily } from './operator-family.ts'
import { type ClassFunction, type ClassOperator, memberList } from './operator-member.ts'
import { inSchema } from './relation.ts'

type Named = {
  readonly schema?: string
  readonly name: string
  /** The access method: `btree`. */
  readonly using: string
}

export type OperatorClass = {
  /** The type of the column that it indexes. */
  readonly type: ColumnType
  /** Used for that type where an index names no operator class. */
  readonly default?: boolean
} & AtLeastOne<{
  readonly operators?: readonly ClassOperator[]
  readonly functions?: readonly ClassFunction[]
  /** The type that is stored in the index, where it is another one. */
  readonly storage?: ColumnType
}>

export type CreateOperatorClass = Named &
  OperatorClass & {
    /** Left out for a family of its own, of the same name, which is then made too. One that is there has to be named. */
    readonly family?: ObjectName
  }

export type DropOperatorClass = Named & {
  /** Drops what uses the class too: indexes. */
  readonly cascade?: boolean
  /** What the operator class was, so that it can be made again. Its family stays, and so it is named. */
  readonly was?: OperatorClass & { readonly family: ObjectName }
}

/**
 * Creates an operator class: which operators and functions an index uses for a type. For superusers.
 * https://www.postgresql.org/docs/current/sql-createopclass.html
 */
export const createOperatorClass: Operation<'createOperatorClass', CreateOperatorClass> = operation(
  'createOperatorClass',
  {
    title: (fields) => `create operator class ${fields.name} using ${fields.using}`,
    steps(fields) {
      const { schema, name, using } = fields
      const members = [
        ...memberList(fields),
        ...(fields.storage === undefined ? [] : [`STORAGE ${fields.storage}`]),
      ]
      const method = `USING ${quoteIdentifier(using)}`
      const create = clauses(
        `CREATE OPERATOR CLASS ${qualifiedName(fields)}`,
        fields.default === true && 'DEFAULT',
        `FOR TYPE ${fields.type} ${method} FAMILY ${objectName(fields.family ?? { ...inSchema({ schema }), name })}`,
        `AS ${members.join(', ')}`,
      )
      // PostgreSQL would take a family of the name that is there already; then nobody could say what undoes it.
      const family = statement(`CREATE OPERATOR FAMILY ${qualifiedName(fields)} ${method}`)
      return fields.family === undefined ? [family, statement(create)] : [statement(create)]
    },
    inverse({ schema, name, using, family, ...definition }) {
      const named = { ...inSchema({ schema }), name, using }
      const was = {
        ...(definition as OperatorClass),
        family: family ?? { ...inSchema({ schema }), name },
      }
      const drop = dropOperatorClass({ ...named, was })
      return family === undefined ? [drop, dropOperatorFamily({ ...named, was: {} })] : [drop]
    },
    locks: () => [],
    examples: [
      {
        fields: {
          name: 'text_backwards',
          using: 'btree',
          type: 'text',
          operators: [
            { strategy: 1, operator: '>' },
            { strategy: 2, operator: '>=' },
            { strategy: 3, operator: { schema: 'pg_catalog', name: '=' }, left: 'text', right: 'text' },
            { strategy: 4, operator: '<=' },
            { strategy: 5, operator: '<' },
          ],
          functions: [{ support: 1, function: 'bttextcmp', arguments: ['text', 'text'] }],
        },
      },
      {
        given: `CREATE SCHEMA "My App"; CREATE TYPE "My App"."Spot" AS (x integer);
          CREATE OPERATOR FAMILY "My App"."Spots" USING hash;
          CREATE FUNCTION "My App"."Hash"("My App"."Spot") RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1.x'`,
        fields: {
          schema: 'My App',
          name: 'Spot ops',
          using: 'hash',
          type: '"My App"."Spot"',
          default: true,
          family: { schema: 'My App', name: 'Spots' },
          functions: [
            {
              support: 1,
              left: '"My App"."Spot"',
              right: '"My App"."Spot"',
              schema: 'My App',
              function: 'Hash',
              arguments: ['"My App"."Spot"'],
            },
          ],
        },
      },
      {
        given: 'CREATE OPERATOR FAMILY "Shapes" USING gist',
        fields: {
          name: 'corners',
          using: 'gist',
          type: 'polygon',
          family: 'Shapes',
          storage: 'box',
          operators: [
            {
              strategy: 15,
              operator: '<->',
              left: 'polygon',
              right: 'point',
              orderBy: { schema: 'pg_catalog', name: 'float_ops' },
            },
          ],
        },
      },
    ],
  },
)

/**
 * Drops an operator class; refused by PostgreSQL while an index uses it, unless `cascade` takes that along. Its family
 * stays; from PostgreSQL 14 on with some of the class's members, which only `was` can name: with it they go too.
 * https://www.postgresql.org/docs/current/sql-dropopclass.html
 */
export const dropOperatorClass: Operation<'dropOperatorClass', DropOperatorClass> = operation(
  'dropOperatorClass',
  {
    title: (fields) => `drop operator class ${fields.name} using ${fields.using}`,
    steps({ was, cascade, ...named }) {
      if (was !== undefined && cascade !== true) {
        return [statement(dropOperatorClassSql({ ...named, ...was }))]
      }
      const drop = `DROP OPERATOR CLASS ${qualifiedName(named)} USING ${quoteIdentifier(named.using)}`
      return [statement(clauses(drop, cascadeClause({ cascade })))]
    },
    inverse: ({ was, cascade, ...named }) =>
      inverseOfDrop(
        { was, cascade },
        { what: `the operator class ${named.name}`, operation: 'dropOperatorClass' },
        (before) => [createOperatorClass({ ...named, ...before })],
      ),
    loses: (fields) => cascadeLoss(fields, `the operator class ${fields.name}`),
    phase: ({ cascade }) => (cascade === true ? 'contract' : 'expand'),
    locks: () => [],
    examples: [
      {
        given: `CREATE OPERATOR FAMILY spots USING btree; CREATE OPERATOR CLASS spot_ops FOR TYPE text USING btree FAMILY spots
          AS OPERATOR 3 =, FUNCTION 1 bttextcmp(text, text)`,
        fields: {
          name: 'spot_ops',
          using: 'btree',
          was: {
            type: 'text',
            family: 'spots',
            operators: [{ strategy: 3, operator: '=' }],
            functions: [{ support: 1, function: 'bttextcmp', arguments: ['text', 'text'] }],
          },
        },
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
