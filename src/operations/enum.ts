import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import { replaceEnumSql } from './enum-replace.ts'
import { type Operation, operation, statement } from './operation.ts'
import { inSchema } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

/** A new label and its place; at the end if none is said. */
export type EnumValue =
  | string
  | { readonly value: string; readonly before: string }
  | { readonly value: string; readonly after: string }

export type CreateEnum = Named & { readonly values: readonly string[] }
export type DropEnum = Named & {
  /** Drops what uses the type too: columns with their values, functions, views. */
  readonly cascade?: boolean
  /** The labels, in order, so that it can be made again. */
  readonly was?: { readonly values: readonly string[] }
}
export type AddEnumValues = Named & { readonly values: readonly EnumValue[] }
export type RenameEnumValue = Named & { readonly from: string; readonly to: string }
export type ReplaceEnum = Named & {
  /** What becomes of rows that hold a label which is no longer there: old label to new. */
  readonly mapping?: { readonly [label: string]: string }
  /** The labels as they were, so that the change can be undone. */
  readonly was?: { readonly values: readonly string[] }
  /**
   * In one transaction with its neighbours, so that what has to step aside for it is never gone. What they lock is closed until it is done.
   * Default: in one of its own.
   */
  readonly together?: true
} & (
    | { /** The labels from now on, in order. */ readonly values: readonly string[] }
    | { /** The labels to take away; the others stay. */ readonly without: readonly string[] }
  )

/**
 * Creates an enum type.
 * https://www.postgresql.org/docs/current/sql-createtype.html
 */
export const createEnum: Operation<'createEnum', CreateEnum> = operation('createEnum', {
  title: (fields) => `create enum ${fields.name}`,
  steps: (fields) => [
    statement(`CREATE TYPE ${qualifiedName(fields)} AS ENUM (${fields.values.map(quoteLiteral).join(', ')})`),
  ],
  inverse: ({ schema, name, values }) => [dropEnum({ ...inSchema({ schema }), name, was: { values } })],
  locks: () => [],
  examples: [{ fields: { name: 'mood', values: ['sad', "it's ok", 'happy'] } }],
})

/**
 * Drops an enum type; refused by PostgreSQL while something uses it, unless `cascade` takes that along.
 * https://www.postgresql.org/docs/current/sql-droptype.html
 */
export const dropEnum: Operation<'dropEnum', DropEnum> = operation('dropEnum', {
  title: (fields) => `drop enum ${fields.name}`,
  steps: (fields) => [statement(clauses(`DROP TYPE ${qualifiedName(fields)}`, cascadeClause(fields)))],
  inverse: ({ was, cascade, ...named }) =>
    inverseOfDrop({ was, cascade }, { what: `the enum ${named.name}`, operation: 'dropEnum' }, (before) => [
      createEnum({ ...named, ...before }),
    ]),
  loses: (fields) => cascadeLoss(fields, `the enum ${fields.name}`),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: "CREATE TYPE mood AS ENUM ('sad', 'ok')",
      fields: { name: 'mood', was: { values: ['sad', 'ok'] } },
    },
  ],
})

/**
 * Adds labels to an enum, each at its place, and commits, since PostgreSQL lets nobody use a new label before that
 * (55P04). Locks no table. It is undone by making the type anew without them, which fails while a row holds one.
 * https://www.postgresql.org/docs/current/sql-altertype.html
 */
export const addEnumValues: Operation<'addEnumValues', AddEnumValues> = operation('addEnumValues', {
  title: (fields) => `add ${fields.values.map(label).join(', ')} to enum ${fields.name}`,
  steps: (fields) =>
    fields.values.map((value, index) =>
      statement(
        `ALTER TYPE ${qualifiedName(fields)} ADD VALUE ${quoteLiteral(label(value))}${place(value)}`,
        index === fields.values.length - 1 ? 'closing' : 'shared',
      ),
    ),
  inverse: ({ schema, name, values }) => [
    replaceEnum({ ...inSchema({ schema }), name, without: values.map(label) }),
  ],
  locks: () => [],
  examples: [
    {
      given: "CREATE TYPE mood AS ENUM ('sad', 'happy')",
      fields: { name: 'mood', values: [{ value: 'ok', after: 'sad' }, 'ecstatic'] },
    },
  ],
})

/**
 * Renames a label. Instant; code that writes the old one fails from then on.
 * https://www.postgresql.org/docs/current/sql-altertype.html
 */
export const renameEnumValue: Operation<'renameEnumValue', RenameEnumValue> = operation('renameEnumValue', {
  title: (fields) => `rename label ${fields.from} of enum ${fields.name} to ${fields.to}`,
  steps: (fields) => [
    statement(
      `ALTER TYPE ${qualifiedName(fields)} RENAME VALUE ${quoteLiteral(fields.from)} TO ${quoteLiteral(fields.to)}`,
    ),
  ],
  inverse: (fields) => [renameEnumValue({ ...fields, from: fields.to, to: fields.from })],
  phase: () => 'contract',
  locks: () => [],
  examples: [
    { given: "CREATE TYPE mood AS ENUM ('sad', 'ok')", fields: { name: 'mood', from: 'ok', to: 'fine' } },
  ],
})

/**
 * Makes an enum anew with other labels or another order, which PostgreSQL has no command for. One transaction finds
 * everything that uses the type (columns, their defaults, indexes, checks, views, functions, triggers, policies),
 * puts it aside, converts the columns, and puts it back. Each table that has such a column is rewritten under
 * AccessExclusive. What it cannot carry (a domain, a composite type, a generated column) stops it, and nothing is changed.
 */
export const replaceEnum: Operation<'replaceEnum', ReplaceEnum> = operation('replaceEnum', {
  title: (fields) => `replace enum ${fields.name}`,
  steps: (fields) => [statement(replaceEnumSql(fields), fields.together === true ? 'shared' : 'own')],
  together: (fields) => ({ ...fields, together: true }),
  inverse(fields) {
    if (fields.was === undefined) {
      return {
        irreversible: `Nothing says which labels the enum ${fields.name} had: give "was" to replaceEnum.`,
      }
    }
    const { name, was, together } = fields
    const back = {
      ...inSchema(fields),
      name,
      values: was.values,
      ...(together === undefined ? {} : { together }),
    }
    return [replaceEnum('values' in fields ? { ...back, was: { values: fields.values } } : back)]
  },
  loses: (fields) =>
    Object.entries(fields.mapping ?? {}).map(
      ([from, to]) => `which rows held '${from}' of the enum ${fields.name}: they become '${to}'`,
    ),
  warns: (fields) => [
    `each table with a column of type ${fields.name} is rewritten, and closed to readers and writers meanwhile`,
    ...unmapped(fields).map(
      (label) => `this fails where rows hold '${label}', unless "mapping" says what they are to hold`,
    ),
  ],
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: `CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
        CREATE TABLE people (name text, mood mood NOT NULL DEFAULT 'ok'); INSERT INTO people VALUES ('Ada', 'ok')`,
      fields: { name: 'mood', without: ['ok'], mapping: { ok: 'happy' } },
      locks: [{ table: 'people', mode: 'AccessExclusive' }],
    },
    {
      given: "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')",
      fields: {
        name: 'mood',
        values: ['happy', 'sad'],
        mapping: { ok: 'happy' },
        was: { values: ['sad', 'ok', 'happy'] },
      },
    },
  ],
})

/** Labels that go, as far as the fields tell, without one that takes their place. */
function unmapped(fields: ReplaceEnum): readonly string[] {
  const gone =
    'without' in fields
      ? fields.without
      : (fields.was?.values ?? []).filter((label) => !fields.values.includes(label))
  return gone.filter((label) => fields.mapping?.[label] === undefined)
}

function label(value: EnumValue): string {
  return typeof value === 'string' ? value : value.value
}

function place(value: EnumValue): string {
  if (typeof value === 'string') return ''
  return 'before' in value ? ` BEFORE ${quoteLiteral(value.before)}` : ` AFTER ${quoteLiteral(value.after)}`
}
