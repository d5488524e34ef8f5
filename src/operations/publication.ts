import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import {
  droppedObjects,
  type PublicationObjects,
  type PublicationOptions,
  publicationNeeds,
  publicationObjects,
  publicationOptions,
} from './publication-definition.ts'
import { lockOn } from './relation.ts'

/** What a publication sends, and how. One of all tables names none. */
export type PublicationDefinition = PublicationOptions &
  (
    | (PublicationObjects & { readonly allTables?: false })
    | { readonly allTables: true; readonly tables?: never; readonly schemas?: never }
  )

export type CreatePublication = { readonly name: string } & PublicationDefinition

export type AlterPublication = { readonly name: string } & (
  | { readonly add: PublicationObjects; readonly drop?: never; readonly set?: never; readonly was?: never }
  | {
      /** With their columns and filters, so that they can be added again. */
      readonly drop: PublicationObjects
      readonly add?: never
      readonly set?: never
      readonly was?: never
    }
  | {
      /** Options, and all tables and schemas anew: what is not named here is not sent any longer. */
      readonly set: PublicationObjects & PublicationOptions
      /** The same properties as they were. */
      readonly was?: PublicationObjects & PublicationOptions
      readonly add?: never
      readonly drop?: never
    }
)

export type DropPublication = {
  readonly name: string
  /** What the publication was, so that it can be made again. */
  readonly was?: PublicationDefinition
}

/**
 * Creates a publication: what logical replication sends to its subscribers. Takes ShareUpdateExclusive on each table for a
 * moment. Updates and deletes of a table without a replica identity are refused once it is published.
 * https://www.postgresql.org/docs/current/sql-createpublication.html
 */
export const createPublication: Operation<'createPublication', CreatePublication> = operation(
  'createPublication',
  {
    title: (fields) => `create publication ${fields.name}`,
    steps(fields) {
      const objects = fields.allTables === true ? 'ALL TABLES' : publicationObjects(fields)
      const options = publicationOptions(fields)
      return [
        statement(
          clauses(
            `CREATE PUBLICATION ${quoteIdentifier(fields.name)}`,
            objects !== '' && `FOR ${objects}`,
            options !== '' && `WITH ${options}`,
          ),
        ),
      ]
    },
    // Without its name it is still one of the two sorts, which the compiler no longer sees.
    inverse: ({ name, ...was }) => [dropPublication({ name, was: was as PublicationDefinition })],
    needs: publicationNeeds,
    warns: (fields) =>
      (fields.publish ?? ['update']).some((change) => change === 'update' || change === 'delete') &&
      (fields.allTables === true || publicationObjects(fields) !== '')
        ? ['A published table without a primary key or another replica identity refuses UPDATE and DELETE.']
        : [],
    locks: (fields) => (fields.tables ?? []).map((table) => lockOn(table, 'ShareUpdateExclusive')),
    examples: [
      {
        given: 'CREATE SCHEMA app; CREATE TABLE app."Users" (id int PRIMARY KEY); CREATE TABLE t (id int)',
        fields: {
          name: 'users and t',
          tables: [{ schema: 'app', table: 'Users', only: true }, { table: 't' }],
          publish: ['insert', 'truncate'],
          publishViaPartitionRoot: true,
        },
      },
      { given: 'CREATE TABLE t (id int)', fields: { name: 'everything', allTables: true } },
      { fields: { name: 'nothing_yet' } },
      {
        given: `CREATE SCHEMA app; CREATE SCHEMA "Other"; CREATE TABLE app.t (id int);
          CREATE TABLE users (id int PRIMARY KEY, name text, active boolean)`,
        fields: {
          name: 'schemas',
          tables: [{ table: 'users', where: { sql: ['id > ', ''], values: [10] } }],
          schemas: ['app', 'Other'],
        },
      },
      {
        given: 'CREATE TABLE users (id int PRIMARY KEY, name text, secret text)',
        fields: {
          name: 'users_public',
          tables: [
            { table: 'users', columns: ['id', 'name'], where: { sql: ['id IS NOT NULL'], values: [] } },
          ],
        },
      },
      {
        given: 'CREATE TABLE users (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED)',
        fields: { name: 'users', tables: [{ table: 'users' }], publishGeneratedColumns: 'stored' },
      },
    ],
  },
)

/**
 * Adds tables and schemas to a publication, drops them from it, or sets them or its options. Subscribers know of new tables
 * after they have refreshed. Takes ShareUpdateExclusive on the tables for a moment.
 * https://www.postgresql.org/docs/current/sql-alterpublication.html
 */
export const alterPublication: Operation<'alterPublication', AlterPublication> = operation(
  'alterPublication',
  {
    title: (fields) => `alter publication ${fields.name}`,
    steps(fields) {
      const alter = `ALTER PUBLICATION ${quoteIdentifier(fields.name)}`
      if (fields.add !== undefined) return [statement(`${alter} ADD ${publicationObjects(fields.add)}`)]
      if (fields.drop !== undefined) return [statement(`${alter} DROP ${droppedObjects(fields.drop)}`)]
      const changes = [publicationObjects(fields.set), publicationOptions(fields.set)]
      return changes.filter((change) => change !== '').map((change) => statement(`${alter} SET ${change}`))
    },
    inverse({ name, add, drop, set, was }) {
      if (add !== undefined) return [alterPublication({ name, drop: add })]
      if (drop !== undefined) return [alterPublication({ name, add: drop })]
      if (was === undefined || !saysTheSame(set, was)) {
        return unknownBefore(`the publication ${name}`, 'alterPublication')
      }
      return [alterPublication({ name, set: was, was: set })]
    },
    needs: (fields) => publicationNeeds(fields.add ?? fields.drop ?? fields.set),
    joins({ name, ...earlier }, { name: other, ...later }) {
      if (name !== other) return null
      if (earlier.add !== undefined && later.add !== undefined)
        return { name, add: together(earlier.add, later.add) }
      if (earlier.drop !== undefined && later.drop !== undefined)
        return { name, drop: together(earlier.drop, later.drop) }
      return null
    },
    locks: (fields) => tablesOf(fields).map((table) => lockOn(table, 'ShareUpdateExclusive')),
    examples: [
      {
        given: 'CREATE TABLE t (id int); CREATE TABLE u (id int); CREATE PUBLICATION "P" FOR TABLE t',
        fields: { name: 'P', add: { tables: [{ table: 'u' }] } },
      },
      {
        given: `CREATE SCHEMA app; CREATE TABLE app.t (id int PRIMARY KEY, name text); CREATE TABLE u (id int);
          CREATE PUBLICATION p FOR TABLE app.t (id) WHERE (id > 1), u`,
        fields: {
          name: 'p',
          drop: {
            tables: [
              {
                schema: 'app',
                table: 't',
                columns: ['id'],
                where: { sql: ['id > 1'], values: [] },
              },
            ],
          },
        },
      },
      {
        given: 'CREATE TABLE t (id int); CREATE TABLE u (id int); CREATE PUBLICATION p FOR TABLE t',
        fields: {
          name: 'p',
          set: { tables: [{ table: 'u' }], publish: ['insert'], publishViaPartitionRoot: true },
          was: {
            tables: [{ table: 't' }],
            publish: ['insert', 'update', 'delete', 'truncate'],
            publishViaPartitionRoot: false,
          },
        },
      },
      {
        given: 'CREATE SCHEMA app; CREATE SCHEMA other; CREATE PUBLICATION p FOR TABLES IN SCHEMA app',
        fields: { name: 'p', set: { schemas: ['other'] }, was: { schemas: ['app'] } },
      },
      {
        given: 'CREATE PUBLICATION p FOR ALL TABLES',
        fields: {
          name: 'p',
          set: { publishGeneratedColumns: 'stored' },
          was: { publishGeneratedColumns: 'none' },
        },
      },
    ],
  },
)

/**
 * Drops a publication; its subscribers fail until they name another one.
 * https://www.postgresql.org/docs/current/sql-droppublication.html
 */
export const dropPublication: Operation<'dropPublication', DropPublication> = operation('dropPublication', {
  title: (fields) => `drop publication ${fields.name}`,
  steps: (fields) => [statement(`DROP PUBLICATION ${quoteIdentifier(fields.name)}`)],
  inverse({ name, was }) {
    if (was === undefined) return unknownBefore(`the publication ${name}`, 'dropPublication')
    return [createPublication({ name, ...was })]
  },
  needs: (fields) => (fields.was === undefined ? [] : publicationNeeds(fields.was)),
  locks: () => [],
  examples: [
    {
      given: `CREATE TABLE t (id int); CREATE PUBLICATION "P" FOR TABLE ONLY t WITH (publish = 'delete')`,
      fields: { name: 'P', was: { tables: [{ table: 't', only: true }], publish: ['delete'] } },
    },
    { given: 'CREATE PUBLICATION p FOR ALL TABLES', fields: { name: 'p', was: { allTables: true } } },
    { given: 'CREATE PUBLICATION p', fields: { name: 'p' } },
  ],
})

function tablesOf(fields: AlterPublication): readonly { readonly schema?: string; readonly table: string }[] {
  const { tables = [] } = fields.add ?? fields.drop ?? fields.set
  return [...tables, ...(fields.was?.tables ?? [])]
}

function together(some: PublicationObjects, others: PublicationObjects): PublicationObjects {
  const [tables, schemas] = [
    [...(some.tables ?? []), ...(others.tables ?? [])],
    [...(some.schemas ?? []), ...(others.schemas ?? [])],
  ]
  return {
    ...(tables.length === 0 ? {} : { tables }),
    ...(schemas.length === 0 ? {} : { schemas }),
  }
}

/** What is set has to be said as it was: tables and schemas as one property, since they are set together. */
function saysTheSame(
  set: PublicationObjects & PublicationOptions,
  was: PublicationObjects & PublicationOptions,
): boolean {
  const objects = publicationObjects(set) === '' || publicationObjects(was) !== ''
  const options = ['publish', 'publishViaPartitionRoot', 'publishGeneratedColumns'] as const
  return objects && options.every((option) => set[option] === undefined || was[option] !== undefined)
}
