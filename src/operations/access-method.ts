import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { type FunctionReference, functionName } from './relation.ts'

export type AccessMethodDefinition = {
  readonly type: 'index' | 'table'
  /** A function that says how it is done, in C. */
  readonly handler: FunctionReference
}

export type CreateAccessMethod = { readonly name: string } & AccessMethodDefinition
export type DropAccessMethod = {
  readonly name: string
  /** Drops its operator classes, indexes or tables too. */
  readonly cascade?: boolean
  /** What the access method was, so that it can be made again. */
  readonly was?: AccessMethodDefinition
}

/**
 * Creates an access method for indexes or tables.
 * https://www.postgresql.org/docs/current/sql-create-access-method.html
 */
export const createAccessMethod: Operation<'createAccessMethod', CreateAccessMethod> = operation(
  'createAccessMethod',
  {
    title: (fields) => `create access method ${fields.name}`,
    steps: (fields) => [
      statement(
        clauses(
          `CREATE ACCESS METHOD ${quoteIdentifier(fields.name)}`,
          `TYPE ${fields.type.toUpperCase()}`,
          `HANDLER ${functionName(fields.handler)}`,
        ),
      ),
    ],
    inverse: ({ name, ...was }) => [dropAccessMethod({ name, was })],
    locks: () => [],
    examples: [
      { fields: { name: 'tree', type: 'index', handler: { function: 'bthandler' } } },
      {
        fields: {
          name: 'My heap',
          type: 'table',
          handler: { schema: 'pg_catalog', function: 'heap_tableam_handler' },
        },
      },
    ],
  },
)

/**
 * Drops an access method; refused by PostgreSQL while something uses it, unless `cascade` says that it goes too.
 * https://www.postgresql.org/docs/current/sql-drop-access-method.html
 */
export const dropAccessMethod: Operation<'dropAccessMethod', DropAccessMethod> = operation(
  'dropAccessMethod',
  {
    title: (fields) => `drop access method ${fields.name}`,
    steps: (fields) => [
      statement(
        clauses(`DROP ACCESS METHOD ${quoteIdentifier(fields.name)}`, fields.cascade === true && 'CASCADE'),
      ),
    ],
    inverse({ name, cascade, was }) {
      if (cascade === true) return { irreversible: `Nothing says what used the access method ${name}.` }
      if (was === undefined) return unknownBefore(`the access method ${name}`, 'dropAccessMethod')
      return [createAccessMethod({ name, ...was })]
    },
    loses: (fields) =>
      fields.cascade === true ? [`every index or table of the access method ${fields.name}`] : [],
    phase: ({ cascade }) => (cascade === true ? 'contract' : 'expand'),
    locks: () => [],
    examples: [
      {
        given: 'CREATE ACCESS METHOD tree TYPE INDEX HANDLER bthandler',
        fields: { name: 'tree', was: { type: 'index', handler: { function: 'bthandler' } } },
      },
      {
        given: `CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
          CREATE TABLE users (id bigint) USING heap_too`,
        fields: { name: 'heap_too', cascade: true },
        locks: [{ table: 'users', mode: 'AccessExclusive' }],
      },
    ],
  },
)
