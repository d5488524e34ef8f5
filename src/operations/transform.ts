import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import type { ColumnType } from './column-definition.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { type FunctionReference, functionName } from './relation.ts'

/** At least one of the two ways. */
export type TransformDefinition =
  | {
      /** Makes a value of the language of one of SQL. It takes and gives `internal`. */
      readonly fromSql: FunctionReference
      readonly toSql?: FunctionReference
    }
  | {
      readonly fromSql?: FunctionReference
      /** Makes a value of the type of one of the language. It takes `internal`. */
      readonly toSql: FunctionReference
    }

type Between = { readonly type: ColumnType; readonly language: string }

export type CreateTransform = Between & TransformDefinition
export type ReplaceTransform = CreateTransform & { readonly was?: TransformDefinition }
export type DropTransform = Between & {
  /** Drops the functions that use it too, and what uses them. */
  readonly cascade?: boolean
  /** What the transform was, so that it can be made again. */
  readonly was?: TransformDefinition
}

/**
 * Creates a transform: how a procedural language sees values of a type.
 * https://www.postgresql.org/docs/current/sql-createtransform.html
 */
export const createTransform: Operation<'createTransform', CreateTransform> = operation('createTransform', {
  title: (fields) => `create transform for ${fields.type} in ${fields.language}`,
  steps: (fields) => [statement(`CREATE ${transformSql(fields)}`)],
  inverse: (fields) => [
    dropTransform({ type: fields.type, language: fields.language, was: functionsOf(fields) }),
  ],
  locks: () => [],
  examples: [
    {
      fields: {
        type: 'integer',
        language: 'sql',
        fromSql: { function: 'prsd_lextype' },
        toSql: { schema: 'pg_catalog', function: 'int4recv' },
      },
    },
    {
      given: `CREATE SCHEMA app; CREATE TYPE app."Mood" AS ENUM ('sad')`,
      fields: { type: 'app."Mood"', language: 'plpgsql', fromSql: { function: 'prsd_lextype' } },
    },
  ],
})

/**
 * Gives a transform other functions; what uses it stays.
 * https://www.postgresql.org/docs/current/sql-createtransform.html
 */
export const replaceTransform: Operation<'replaceTransform', ReplaceTransform> = operation(
  'replaceTransform',
  {
    title: (fields) => `replace transform for ${fields.type} in ${fields.language}`,
    steps: (fields) => [statement(`CREATE OR REPLACE ${transformSql(fields)}`)],
    inverse({ was, ...now }) {
      const { type, language } = now
      if (was === undefined) {
        return unknownBefore(`the transform for ${type} in ${language}`, 'replaceTransform')
      }
      return [replaceTransform({ type, language, ...was, was: functionsOf(now) })]
    },
    locks: () => [],
    examples: [
      {
        given: 'CREATE TRANSFORM FOR int LANGUAGE sql (TO SQL WITH FUNCTION int4recv(internal))',
        fields: {
          type: 'integer',
          language: 'sql',
          fromSql: { function: 'prsd_lextype' },
          was: { toSql: { function: 'int4recv' } },
        },
      },
    ],
  },
)

/**
 * Drops a transform; refused by PostgreSQL while a function uses it, unless `cascade` says that it goes too.
 * https://www.postgresql.org/docs/current/sql-droptransform.html
 */
export const dropTransform: Operation<'dropTransform', DropTransform> = operation('dropTransform', {
  title: (fields) => `drop transform for ${fields.type} in ${fields.language}`,
  steps: (fields) => [
    statement(
      clauses(
        `DROP TRANSFORM FOR ${fields.type} LANGUAGE ${quoteIdentifier(fields.language)}`,
        fields.cascade === true && 'CASCADE',
      ),
    ),
  ],
  inverse({ type, language, cascade, was }) {
    const what = `the transform for ${type} in ${language}`
    if (cascade === true) return { irreversible: `Nothing says what used ${what}.` }
    if (was === undefined) return unknownBefore(what, 'dropTransform')
    return [createTransform({ type, language, ...was })]
  },
  loses: (fields) =>
    fields.cascade === true
      ? [`every function that uses the transform for ${fields.type} in ${fields.language}`]
      : [],
  phase: ({ cascade }) => (cascade === true ? 'contract' : 'expand'),
  locks: () => [],
  examples: [
    {
      given: `CREATE TRANSFORM FOR int LANGUAGE sql
        (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal))`,
      fields: {
        type: 'integer',
        language: 'sql',
        was: { fromSql: { function: 'prsd_lextype' }, toSql: { function: 'int4recv' } },
      },
    },
    {
      given: `CREATE TRANSFORM FOR int LANGUAGE sql (TO SQL WITH FUNCTION int4recv(internal));
        CREATE FUNCTION one() RETURNS integer LANGUAGE sql TRANSFORM FOR TYPE int AS 'SELECT 1'`,
      fields: { type: 'integer', language: 'sql', cascade: true },
    },
  ],
})

function functionsOf({ fromSql, toSql }: Partial<TransformDefinition>): TransformDefinition {
  const functions = {
    ...(fromSql === undefined ? {} : { fromSql }),
    ...(toSql === undefined ? {} : { toSql }),
  }
  // The fields have at least one; taken apart, the compiler no longer sees that.
  return functions as TransformDefinition
}

function transformSql(fields: CreateTransform): string {
  const ways = [
    fields.fromSql !== undefined && `FROM SQL WITH FUNCTION ${functionName(fields.fromSql)}(internal)`,
    fields.toSql !== undefined && `TO SQL WITH FUNCTION ${functionName(fields.toSql)}(internal)`,
  ].filter((way) => way !== false)
  return `TRANSFORM FOR ${fields.type} LANGUAGE ${quoteIdentifier(fields.language)} (${ways.join(', ')})`
}
