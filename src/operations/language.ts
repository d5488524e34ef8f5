import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { type FunctionReference, functionName } from './relation.ts'

export type LanguageDefinition = {
  /** Runs the functions that are written in the language. */
  readonly handler: FunctionReference
  /** Runs DO blocks; there are none in the language if left out. */
  readonly inline?: FunctionReference
  /** Looks at a new function before it is stored. */
  readonly validator?: FunctionReference
  /** Lets everyone use it who has the privilege; otherwise only superusers do. */
  readonly trusted?: boolean
}

export type CreateLanguage = { readonly name: string } & LanguageDefinition
export type ReplaceLanguage = CreateLanguage & { readonly was?: LanguageDefinition }
export type DropLanguage = {
  readonly name: string
  /** Drops the functions that are written in it too, and what uses them. */
  readonly cascade?: boolean
  /** What the language was, so that it can be made again. */
  readonly was?: LanguageDefinition
}

/**
 * Creates a procedural language from functions that are there. Most languages come as an extension: `createExtension`.
 * https://www.postgresql.org/docs/current/sql-createlanguage.html
 */
export const createLanguage: Operation<'createLanguage', CreateLanguage> = operation('createLanguage', {
  title: (fields) => `create language ${fields.name}`,
  steps: (fields) => [statement(`CREATE ${languageSql(fields)}`)],
  inverse: ({ name, ...was }) => [dropLanguage({ name, was })],
  locks: () => [],
  examples: [
    { fields: { name: 'plain', handler: { function: 'plpgsql_call_handler' } } },
    {
      fields: {
        name: 'My PL',
        trusted: true,
        handler: { schema: 'pg_catalog', function: 'plpgsql_call_handler' },
        inline: { schema: 'pg_catalog', function: 'plpgsql_inline_handler' },
        validator: { schema: 'pg_catalog', function: 'plpgsql_validator' },
      },
    },
  ],
})

/**
 * Gives a language other functions; what is written in it stays.
 * https://www.postgresql.org/docs/current/sql-createlanguage.html
 */
export const replaceLanguage: Operation<'replaceLanguage', ReplaceLanguage> = operation('replaceLanguage', {
  title: (fields) => `replace language ${fields.name}`,
  steps: (fields) => [statement(`CREATE OR REPLACE ${languageSql(fields)}`)],
  inverse({ name, was, ...now }) {
    if (was === undefined) return unknownBefore(`the language ${name}`, 'replaceLanguage')
    return [replaceLanguage({ name, ...was, was: now })]
  },
  locks: () => [],
  examples: [
    {
      given: 'CREATE LANGUAGE plain HANDLER plpgsql_call_handler VALIDATOR plpgsql_validator',
      fields: {
        name: 'plain',
        trusted: true,
        handler: { function: 'plpgsql_call_handler' },
        inline: { function: 'plpgsql_inline_handler' },
        was: {
          handler: { function: 'plpgsql_call_handler' },
          validator: { function: 'plpgsql_validator' },
        },
      },
    },
  ],
})

/**
 * Drops a language; refused by PostgreSQL while a function is written in it, unless `cascade` says that it goes too.
 * https://www.postgresql.org/docs/current/sql-droplanguage.html
 */
export const dropLanguage: Operation<'dropLanguage', DropLanguage> = operation('dropLanguage', {
  title: (fields) => `drop language ${fields.name}`,
  steps: (fields) => [
    statement(clauses(`DROP LANGUAGE ${quoteIdentifier(fields.name)}`, fields.cascade === true && 'CASCADE')),
  ],
  inverse({ name, cascade, was }) {
    if (cascade === true) return { irreversible: `Nothing says what was written in the language ${name}.` }
    if (was === undefined) return unknownBefore(`the language ${name}`, 'dropLanguage')
    return [createLanguage({ name, ...was })]
  },
  loses: (fields) => (fields.cascade === true ? [`every function in the language ${fields.name}`] : []),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: 'CREATE TRUSTED LANGUAGE plain HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler',
      fields: {
        name: 'plain',
        was: {
          trusted: true,
          handler: { function: 'plpgsql_call_handler' },
          inline: { function: 'plpgsql_inline_handler' },
        },
      },
    },
    {
      given: `CREATE LANGUAGE plain HANDLER plpgsql_call_handler;
        CREATE FUNCTION one() RETURNS integer LANGUAGE plain AS 'BEGIN RETURN 1; END'`,
      fields: { name: 'plain', cascade: true },
    },
  ],
})

function languageSql(fields: CreateLanguage): string {
  return clauses(
    fields.trusted === true && 'TRUSTED',
    `LANGUAGE ${quoteIdentifier(fields.name)}`,
    `HANDLER ${functionName(fields.handler)}`,
    fields.inline !== undefined && `INLINE ${functionName(fields.inline)}`,
    fields.validator !== undefined && `VALIDATOR ${functionName(fields.validator)}`,
  )
}
