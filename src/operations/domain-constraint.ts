import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { cascadeClause, inverseOfDrop } from './cascade.ts'
import type { Validation } from './constraint-steps.ts'
import { type Operation, operation, statement, undoneBy } from './operation.ts'

type InDomain = { readonly schema?: string; readonly domain: string }
type Named = InDomain & { readonly name: string }

type Definition = {
  /** Over `VALUE`. */
  readonly expression: Sql
  /**
   * `never` for a domain that arrays, composite types or ranges hold: PostgreSQL cannot look at the values there, and
   * refuses to validate.
   */
  readonly validation?: Validation
}

export type AddDomainConstraint = Named & Definition
export type DropDomainConstraint = Named & {
  /** Changes nothing, since nothing can depend on such a constraint; PostgreSQL takes the word. */
  readonly cascade?: boolean
  /** What the constraint was, so that it can be made again. */
  readonly was?: Definition
}
export type ValidateDomainConstraint = Named
export type RenameDomainConstraint = InDomain & { readonly from: string; readonly to: string }

/**
 * Adds a check to a domain: NOT VALID, which locks no table, then validated in a stage of its own. That, and `now`,
 * takes Share on every table with a column of the domain, and reads it: writers wait meanwhile.
 * https://www.postgresql.org/docs/current/sql-alterdomain.html
 */
export const addDomainConstraint: Operation<'addDomainConstraint', AddDomainConstraint> = operation(
  'addDomainConstraint',
  {
    title: (fields) => `add constraint ${fields.name} to domain ${fields.domain}`,
    steps(fields) {
      const add = `ADD CONSTRAINT ${quoteIdentifier(fields.name)} CHECK (${inlineSql(fields.expression)})`
      if (fields.validation === 'now') return [alter(fields, add)]
      const notValid = { ...alter(fields, `${add} NOT VALID`, 'own'), part: 'not valid yet' }
      if (fields.validation === 'never') return [notValid]
      const drop = alter(fields, `DROP CONSTRAINT ${quoteIdentifier(fields.name)}`)
      return undoneBy([drop], [notValid, { ...validate(fields), part: 'validate' }])
    },
    inverse: ({ expression, validation, ...named }) => [
      dropDomainConstraint({
        ...named,
        was: { expression, ...(validation === undefined ? {} : { validation }) },
      }),
    ],
    warns: (fields) => (fields.validation === 'never' ? [] : [tablesAreRead(fields)]),
    phase: () => 'contract',
    locks: () => [],
    examples: [
      {
        given: `CREATE DOMAIN email AS text; CREATE TABLE people (email email); INSERT INTO people VALUES ('a@b');
          CREATE MATERIALIZED VIEW copies AS SELECT email FROM people`,
        fields: {
          domain: 'email',
          name: 'has_an_at',
          expression: { sql: ['VALUE LIKE ', ''], values: ['%@%'] },
        },
        locks: [
          { table: 'people', mode: 'Share' },
          { table: 'copies', mode: 'Share' },
        ],
      },
      {
        given: `CREATE SCHEMA "My App"; CREATE DOMAIN "My App"."E-mail" AS text;
          CREATE TABLE people (emails "My App"."E-mail"[])`,
        fields: {
          schema: 'My App',
          domain: 'E-mail',
          name: 'has an @',
          expression: { sql: ["VALUE LIKE '%@%'"], values: [] },
          validation: 'never',
        },
      },
      {
        given: 'CREATE DOMAIN positive AS integer; CREATE TABLE orders (amount positive)',
        fields: {
          domain: 'positive',
          name: 'positive_check',
          expression: { sql: ['VALUE > 0'], values: [] },
          validation: 'now',
        },
        locks: [{ table: 'orders', mode: 'Share' }],
      },
    ],
  },
)

/**
 * Drops a check of a domain. Locks no table.
 * https://www.postgresql.org/docs/current/sql-alterdomain.html
 */
export const dropDomainConstraint: Operation<'dropDomainConstraint', DropDomainConstraint> = operation(
  'dropDomainConstraint',
  {
    title: (fields) => `drop constraint ${fields.name} of domain ${fields.domain}`,
    steps: (fields) => [
      alter(fields, clauses(`DROP CONSTRAINT ${quoteIdentifier(fields.name)}`, cascadeClause(fields))),
    ],
    inverse: ({ was, cascade: _, ...named }) =>
      inverseOfDrop(
        { was },
        { what: `the constraint ${named.name}`, operation: 'dropDomainConstraint' },
        (before) => [addDomainConstraint({ ...named, ...before })],
      ),
    locks: () => [],
    examples: [
      {
        given:
          'CREATE DOMAIN positive AS integer CONSTRAINT above_zero CHECK (VALUE > 0); CREATE TABLE orders (amount positive)',
        fields: {
          domain: 'positive',
          name: 'above_zero',
          was: { expression: { sql: ['VALUE > 0'], values: [] } },
        },
      },
      {
        given: `CREATE SCHEMA "My App"; CREATE DOMAIN "My App"."Part" AS integer;
          ALTER DOMAIN "My App"."Part" ADD CONSTRAINT "More than 0" CHECK (VALUE > 0) NOT VALID`,
        fields: {
          schema: 'My App',
          domain: 'Part',
          name: 'More than 0',
          cascade: true,
          was: { expression: { sql: ['VALUE > ', ''], values: [0] }, validation: 'never' },
        },
      },
    ],
  },
)

/**
 * Checks the values that a NOT VALID constraint of a domain has not seen, in a stage of its own. Takes Share on every
 * table with a column of the domain: writers wait, readers do not.
 * https://www.postgresql.org/docs/current/sql-alterdomain.html
 */
export const validateDomainConstraint: Operation<'validateDomainConstraint', ValidateDomainConstraint> =
  operation('validateDomainConstraint', {
    title: (fields) => `validate constraint ${fields.name} of domain ${fields.domain}`,
    steps: (fields) => [validate(fields)],
    inverse: () => [],
    warns: (fields) => [tablesAreRead(fields)],
    locks: () => [],
    examples: [
      {
        given: `CREATE SCHEMA "My App"; CREATE DOMAIN "My App"."Part" AS integer; CREATE TABLE uses (part "My App"."Part");
          ALTER DOMAIN "My App"."Part" ADD CONSTRAINT "More than 0" CHECK (VALUE > 0) NOT VALID`,
        fields: { schema: 'My App', domain: 'Part', name: 'More than 0' },
        locks: [{ table: 'uses', mode: 'Share' }],
        leaves: 'that the values were checked is not forgotten',
      },
    ],
  })

/**
 * Renames a constraint of a domain. Locks no table.
 * https://www.postgresql.org/docs/current/sql-alterdomain.html
 */
export const renameDomainConstraint: Operation<'renameDomainConstraint', RenameDomainConstraint> = operation(
  'renameDomainConstraint',
  {
    title: (fields) => `rename constraint ${fields.from} of domain ${fields.domain} to ${fields.to}`,
    steps: (fields) => [
      alter(fields, `RENAME CONSTRAINT ${quoteIdentifier(fields.from)} TO ${quoteIdentifier(fields.to)}`),
    ],
    inverse: (fields) => [renameDomainConstraint({ ...fields, from: fields.to, to: fields.from })],
    locks: () => [],
    examples: [
      {
        given: `CREATE SCHEMA "My App"; CREATE DOMAIN "My App"."Part" AS integer CONSTRAINT "A" CHECK (VALUE > 0);
          CREATE TABLE uses (part "My App"."Part")`,
        fields: { schema: 'My App', domain: 'Part', from: 'A', to: 'More than 0' },
      },
    ],
  },
)

function validate(named: Named) {
  return alter(named, `VALIDATE CONSTRAINT ${quoteIdentifier(named.name)}`, 'own')
}

function alter({ schema, domain }: InDomain, change: string, transaction: 'shared' | 'own' = 'shared') {
  return statement(`ALTER DOMAIN ${qualifiedName({ schema, name: domain })} ${change}`, transaction)
}

function tablesAreRead({ domain }: InDomain): string {
  return `every table with a column of the domain ${domain} is read, and closed to writers meanwhile`
}
