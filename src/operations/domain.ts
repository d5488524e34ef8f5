import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import { type AtLeastOne, unsaid } from './change.ts'
import { type ColumnType, defaultExpression } from './column-definition.ts'
import { type ObjectName, objectName } from './object-name.ts'
import { type Need, needsOf, type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

export type DomainCheck = {
  /** PostgreSQL chooses one if it is left out: `email_check`. */
  readonly name?: string
  /** Over `VALUE`. */
  readonly expression: Sql
}

/** A name for NOT NULL is kept from PostgreSQL 17 on. */
export type DomainNotNull = boolean | { readonly name: string }

export type CreateDomain = Named & {
  /** The type beneath; one with a length too: `varchar(100)`. */
  readonly type: ColumnType
  readonly collation?: ObjectName
  readonly default?: Value | Sql
  readonly notNull?: DomainNotNull
  readonly checks?: readonly DomainCheck[]
}

export type DomainChange = {
  /** `null` takes it away. */
  readonly default?: Value | Sql
  readonly notNull?: DomainNotNull
}

export type AlterDomain = Named &
  AtLeastOne<DomainChange> & {
    /** The same properties as they were, so that the change can be undone. */
    readonly was?: DomainChange
  }

export type DropDomain = Named & {
  /** Drops what uses the domain too: columns with their values, functions, views. */
  readonly cascade?: boolean
  /** What the domain was, so that it can be made again. */
  readonly was?: Omit<CreateDomain, 'schema' | 'name'>
}

/**
 * Creates a domain: a type with a default and checks of its own.
 * https://www.postgresql.org/docs/current/sql-createdomain.html
 */
export const createDomain: Operation<'createDomain', CreateDomain> = operation('createDomain', {
  title: (fields) => `create domain ${fields.name}`,
  steps: (fields) => [
    statement(
      clauses(
        `CREATE DOMAIN ${qualifiedName(fields)} AS ${fields.type}`,
        fields.collation !== undefined && `COLLATE ${objectName(fields.collation)}`,
        fields.default !== undefined && `DEFAULT ${defaultExpression(fields.default)}`,
        notNullClause(fields.notNull),
        ...(fields.checks ?? []).map(checkClause),
      ),
    ),
  ],
  inverse: ({ schema, name, ...was }) => [dropDomain({ ...inSchema({ schema }), name, was })],
  needs: notNullNeeds,
  locks: () => [],
  examples: [
    {
      given: 'CREATE SCHEMA "My App"',
      fields: {
        schema: 'My App',
        name: 'E-mail',
        type: 'varchar(100)',
        collation: { schema: 'pg_catalog', name: 'C' },
        default: "it's@home",
        notNull: true,
        checks: [
          { name: 'has an @', expression: { sql: ["VALUE LIKE '%@%'"], values: [] } },
          { name: 'is long enough', expression: { sql: ['length(VALUE) > ', ''], values: [3] } },
        ],
      },
    },
    {
      fields: {
        name: 'positive',
        type: 'integer',
        default: { sql: ['1 + 1'], values: [] },
        notNull: false,
        checks: [{ expression: { sql: ['VALUE > 0'], values: [] } }],
      },
    },
    { fields: { name: 'code', type: 'text', collation: 'C', notNull: { name: 'code_is_known' } } },
  ],
})

/**
 * Changes the default of a domain, or whether it takes NULL. To refuse NULL every table with a column of the domain is
 * read under Share: writers wait meanwhile. PostgreSQL refuses that where an array, a composite type or a range holds it.
 * https://www.postgresql.org/docs/current/sql-alterdomain.html
 */
export const alterDomain: Operation<'alterDomain', AlterDomain> = operation('alterDomain', {
  title: (fields) => `alter domain ${fields.name}`,
  steps(fields) {
    const alter = `ALTER DOMAIN ${qualifiedName(fields)}`
    return [
      ...(fields.default === undefined ? [] : [statement(`${alter} ${defaultChange(fields.default)}`)]),
      ...(fields.notNull === undefined ? [] : [statement(`${alter} ${notNullChange(fields.notNull)}`)]),
    ]
  },
  inverse({ schema, name, was, ...change }) {
    const missing = unsaid(change, was)
    if (was === undefined || missing.length > 0) {
      return unknownBefore(`the ${missing.join(' and ')} of the domain ${name}`, 'alterDomain')
    }
    return [alterDomain({ ...inSchema({ schema }), name, ...(was as AtLeastOne<DomainChange>), was: change })]
  },
  needs: notNullNeeds,
  warns: (fields) =>
    fields.notNull === undefined || fields.notNull === false
      ? []
      : [
          `every table with a column of the domain ${fields.name} is read, and closed to writers until the end of the transaction`,
        ],
  phase: ({ notNull = false, default: value }) =>
    notNull !== false || value === null ? 'contract' : 'expand',
  locks: () => [],
  examples: [
    {
      given: 'CREATE DOMAIN positive AS integer; CREATE TABLE orders (amount positive)',
      fields: {
        name: 'positive',
        default: 1,
        notNull: true,
        was: { default: null, notNull: false },
      },
      locks: [{ table: 'orders', mode: 'Share' }],
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE DOMAIN "My App"."E-mail" AS text DEFAULT lower('A') NOT NULL;
        CREATE TABLE people (email "My App"."E-mail")`,
      fields: {
        schema: 'My App',
        name: 'E-mail',
        default: null,
        notNull: false,
        was: { default: { sql: ["lower('A')"], values: [] }, notNull: true },
      },
      locks: [],
    },
    {
      given: 'CREATE DOMAIN code AS text',
      fields: { name: 'code', notNull: { name: 'code_is_known' }, was: { notNull: false } },
    },
  ],
})

/**
 * Drops a domain; refused by PostgreSQL while something uses it, unless `cascade` takes that along.
 * https://www.postgresql.org/docs/current/sql-dropdomain.html
 */
export const dropDomain: Operation<'dropDomain', DropDomain> = operation('dropDomain', {
  title: (fields) => `drop domain ${fields.name}`,
  steps: (fields) => [statement(clauses(`DROP DOMAIN ${qualifiedName(fields)}`, cascadeClause(fields)))],
  inverse: ({ was, cascade, ...named }) =>
    inverseOfDrop(
      { was, cascade },
      { what: `the domain ${named.name}`, operation: 'dropDomain' },
      (before) => [createDomain({ ...named, ...before })],
    ),
  loses: (fields) => cascadeLoss(fields, `the domain ${fields.name}`),
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: 'CREATE DOMAIN positive AS integer NOT NULL CHECK (VALUE > 0)',
      fields: {
        name: 'positive',
        was: {
          type: 'integer',
          notNull: true,
          checks: [{ expression: { sql: ['VALUE > 0'], values: [] } }],
        },
      },
    },
    {
      given: `CREATE SCHEMA "My App"; CREATE DOMAIN "My App"."E-mail" AS text;
        CREATE TABLE people (email "My App"."E-mail")`,
      fields: { schema: 'My App', name: 'E-mail', cascade: true },
      locks: [{ table: 'people', mode: 'AccessExclusive' }],
    },
  ],
})

function checkClause({ name, expression }: DomainCheck): string {
  return clauses(
    name !== undefined && `CONSTRAINT ${quoteIdentifier(name)}`,
    `CHECK (${inlineSql(expression)})`,
  )
}

function notNullClause(notNull: DomainNotNull = false): string {
  if (typeof notNull === 'object') return `CONSTRAINT ${quoteIdentifier(notNull.name)} NOT NULL`
  return notNull ? 'NOT NULL' : ''
}

function notNullChange(notNull: DomainNotNull): string {
  if (typeof notNull === 'object') return `ADD ${notNullClause(notNull)}`
  return notNull ? 'SET NOT NULL' : 'DROP NOT NULL'
}

function defaultChange(value: Value | Sql): string {
  return value === null ? 'DROP DEFAULT' : `SET DEFAULT ${defaultExpression(value)}`
}

function notNullNeeds({ notNull }: { readonly notNull?: DomainNotNull }): readonly Need[] {
  return needsOf([typeof notNull === 'object', 'a name for NOT NULL of a domain', 17])
}
