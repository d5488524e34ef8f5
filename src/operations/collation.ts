import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import { type ObjectName, objectName } from './object-name.ts'
import { type Need, needsOf, type Operation, operation, statement } from './operation.ts'
import { inSchema } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

/** Of the operating system's C library: one locale for both, or one each for order and for the kinds of characters. */
type LibcCollation = { readonly provider?: 'libc'; readonly deterministic?: true; readonly rules?: never } & (
  | { readonly locale: string; readonly lcCollate?: never; readonly lcCtype?: never }
  | { readonly locale?: never; readonly lcCollate: string; readonly lcCtype: string }
)

type IcuCollation = {
  readonly provider: 'icu'
  /** `de-u-co-phonebk` */
  readonly locale: string
  /** With `false`, texts of other bytes can be equal: without regard to case or accents. */
  readonly deterministic?: boolean
  /** Changes to the order, from PostgreSQL 16 on: `& V << w <<< W`. */
  readonly rules?: string
  readonly lcCollate?: never
  readonly lcCtype?: never
}

/** PostgreSQL's own, from 17 on. */
type BuiltinCollation = {
  readonly provider: 'builtin'
  readonly locale: 'C' | 'C.UTF-8' | (string & {})
  readonly deterministic?: true
  readonly rules?: never
  readonly lcCollate?: never
  readonly lcCtype?: never
}

export type CollationDefinition =
  | ((LibcCollation | IcuCollation | BuiltinCollation) & {
      /** That of the provider if left out, as it should be; `refreshCollationVersion` sets it to that. */
      readonly version?: string
      readonly from?: never
    })
  | {
      /** A collation to copy. */
      readonly from: ObjectName
      readonly provider?: never
      readonly locale?: never
      readonly lcCollate?: never
      readonly lcCtype?: never
      readonly deterministic?: never
      readonly rules?: never
      readonly version?: never
    }

export type CreateCollation = Named & CollationDefinition
export type DropCollation = Named & {
  /** Drops what uses the collation too: indexes, columns with their values. */
  readonly cascade?: boolean
  /** What the collation was, so that it can be made again. */
  readonly was?: CollationDefinition
}
export type RefreshCollationVersion = Named

/**
 * Creates a collation. Which locales there are depends on the server's system and on how PostgreSQL was built.
 * https://www.postgresql.org/docs/current/sql-createcollation.html
 */
export const createCollation: Operation<'createCollation', CreateCollation> = operation('createCollation', {
  title: (fields) => `create collation ${fields.name}`,
  steps: (fields) => [
    statement(
      `CREATE COLLATION ${qualifiedName(fields)} ${fields.from === undefined ? options(fields) : `FROM ${objectName(fields.from)}`}`,
    ),
  ],
  inverse: ({ schema, name, ...was }) => [
    dropCollation({ ...inSchema({ schema }), name, was: was as CollationDefinition }),
  ],
  needs: collationNeeds,
  locks: () => [],
  examples: [
    {
      fields: { name: 'german_phonebook', provider: 'icu', locale: 'de-u-co-phonebk' },
      notEmbedded: 'it has no ICU',
    },
    {
      given: 'CREATE SCHEMA "My App"',
      fields: {
        schema: 'My App',
        name: 'Without case',
        provider: 'icu',
        locale: 'und-u-ks-level2',
        deterministic: false,
        rules: "&'a' < g",
        version: "it's old",
      },
      notEmbedded: 'it has no ICU',
    },
    { fields: { name: 'bytes', lcCollate: 'C', lcCtype: 'POSIX' } },
    { fields: { name: 'posix', provider: 'libc', locale: 'POSIX', deterministic: true } },
    { fields: { name: 'code_points', provider: 'builtin', locale: 'C.UTF-8' } },
    { fields: { name: 'copied', from: { schema: 'pg_catalog', name: 'POSIX' } } },
  ],
})

/**
 * Drops a collation; refused by PostgreSQL while something uses it, unless `cascade` takes that along.
 * https://www.postgresql.org/docs/current/sql-dropcollation.html
 */
export const dropCollation: Operation<'dropCollation', DropCollation> = operation('dropCollation', {
  title: (fields) => `drop collation ${fields.name}`,
  steps: (fields) => [statement(clauses(`DROP COLLATION ${qualifiedName(fields)}`, cascadeClause(fields)))],
  inverse: ({ was, cascade, ...named }) =>
    inverseOfDrop(
      { was, cascade },
      { what: `the collation ${named.name}`, operation: 'dropCollation' },
      (before) => [createCollation({ ...named, ...before })],
    ),
  loses: (fields) => cascadeLoss(fields, `the collation ${fields.name}`),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: "CREATE COLLATION bytes (LC_COLLATE = 'C', LC_CTYPE = 'POSIX')",
      fields: { name: 'bytes', was: { lcCollate: 'C', lcCtype: 'POSIX' } },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE COLLATION "My App"."My order" FROM "C";
        CREATE TABLE words (word text COLLATE "My App"."My order")`,
      fields: { schema: 'My App', name: 'My order', cascade: true },
      locks: [{ table: 'words', mode: 'AccessExclusive' }],
    },
  ],
})

/**
 * Says that all that depends on a collation has been rebuilt for the provider's version: PostgreSQL ceases to warn.
 * Rebuild the indexes first. It changes no index.
 * https://www.postgresql.org/docs/current/sql-altercollation.html
 */
export const refreshCollationVersion: Operation<'refreshCollationVersion', RefreshCollationVersion> =
  operation('refreshCollationVersion', {
    title: (fields) => `refresh the version of collation ${fields.name}`,
    steps: (fields) => [statement(`ALTER COLLATION ${qualifiedName(fields)} REFRESH VERSION`)],
    inverse: () => [],
    locks: () => [],
    examples: [
      {
        given: `CREATE SCHEMA "My App";
          CREATE COLLATION "My App"."My order" (PROVIDER = icu, LOCALE = 'de', VERSION = '1')`,
        fields: { schema: 'My App', name: 'My order' },
        leaves: 'the version stays what the provider has',
        notEmbedded: 'it has no ICU',
      },
      { given: 'CREATE COLLATION bytes FROM "C"', fields: { name: 'bytes' } },
    ],
  })

function options(fields: Exclude<CollationDefinition, { readonly from: ObjectName }>): string {
  const values: readonly (readonly [string, string | boolean | undefined])[] = [
    ['PROVIDER', fields.provider],
    ['LOCALE', fields.locale],
    ['LC_COLLATE', fields.lcCollate],
    ['LC_CTYPE', fields.lcCtype],
    ['DETERMINISTIC', fields.deterministic],
    ['RULES', fields.rules],
    ['VERSION', fields.version],
  ]
  const given = values.flatMap(([option, value]) =>
    value === undefined ? [] : [`${option} = ${literal(value)}`],
  )
  return `(${given.join(', ')})`
}

function collationNeeds(fields: CollationDefinition): readonly Need[] {
  return needsOf(
    [fields.rules, 'RULES of a collation', 16],
    [fields.provider === 'builtin', 'the builtin provider of a collation', 17],
  )
}
