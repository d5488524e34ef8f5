import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import type { Constraint } from './constraint-definition.ts'
import { contractTable, expandTable } from './expand-table.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema, lockOn, regclass } from './relation.ts'
import {
  createTableSql,
  referencedTables,
  settingsOfColumns,
  type TableDefinition,
  tableNeeds,
} from './table-definition.ts'

export type CreateTable = { readonly name: string } & TableDefinition &
  (
    | {
        readonly schema?: string
        /** Nothing of an `unlogged` table is written ahead: it is fast, empty after a crash and not on replicas. */
        readonly persistence?: 'permanent' | 'unlogged'
        readonly onCommit?: never
      }
    | {
        readonly schema?: never
        /** A `temporary` table is seen by the session that makes it alone, and gone when that ends. */
        readonly persistence: 'temporary'
        readonly onCommit?: 'preserve rows' | 'delete rows' | 'drop'
      }
  )

export type DropTable = {
  readonly schema?: string
  readonly name: string
  /** What the table was, so that it can be made again (without its rows). */
  readonly was?: TableWas
  /**
   * What to do with partitions that are still attached. PostgreSQL drops them and their rows without a word; here that
   * has to be said. Default: `refuse`.
   */
  readonly partitions?: 'refuse' | 'drop'
  /** Drops what depends on the table too: views, foreign keys of others, tables that inherit from it. */
  readonly cascade?: true
  /** What is gone for good, a sentence each, where that is not every row: nothing (`[]`) if all of it is elsewhere too. */
  readonly loses?: readonly string[]
}

/** A table that was there to be dropped, apart from its name. */
export type TableWas = TableDefinition & { readonly persistence?: 'permanent' | 'unlogged' }

export type RenameTable = { readonly schema?: string; readonly from: string; readonly to: string }

/**
 * Creates a table: by its own columns, as a partition of another, or of a composite type. Locks nothing that was there
 * before, except a table that a foreign key references (ShareRowExclusive) or that it inherits from
 * (ShareUpdateExclusive), and the parent of a partition (AccessExclusive; see `attachPartition` for a way without).
 * A temporary table has nothing to undo: it goes by itself.
 * https://www.postgresql.org/docs/current/sql-createtable.html
 */
export const createTable: Operation<'createTable', CreateTable> = operation('createTable', {
  title: (fields) => `create table ${fields.name}`,
  steps(fields) {
    const settings = settingsOfColumns(fields)
    const create = statement(createTableSql(fields))
    if (settings.length === 0) return [create]
    return [create, statement(`ALTER TABLE ${qualifiedName(fields)} ${settings.join(', ')}`)]
  },
  inverse(fields) {
    if (fields.persistence === 'temporary') return []
    const { schema, name, onCommit: _, ...was } = fields
    return [dropTable({ ...inSchema({ schema }), name, was })]
  },
  needs: tableNeeds,
  warns: (fields) => [...sharedKeys(fields), ...closedParent(fields)],
  makes: (fields) => [{ ...inSchema(fields), table: fields.name }],
  locks: (fields) => [
    ...referencedTables(fields, fields).map((table) => lockOn(table, 'ShareRowExclusive')),
    ...(fields.like ?? []).map((source) => lockOn(source, 'AccessShare')),
    ...(fields.inherits ?? []).map((parent) => lockOn(parent, 'ShareUpdateExclusive')),
    ...(fields.partitionOf === undefined ? [] : [lockOn(fields.partitionOf, 'AccessExclusive')]),
  ],
  examples: [
    {
      given: 'CREATE TABLE organizations (id uuid PRIMARY KEY)',
      fields: {
        name: 'users',
        columns: [
          { name: 'id', type: 'bigint', identity: 'always', primaryKey: true },
          { name: 'email', type: 'varchar(255)', notNull: true, unique: true },
          { name: 'settings', type: 'jsonb', notNull: true, default: {} },
          {
            name: 'organization_id',
            type: 'uuid',
            references: { table: 'organizations', onDelete: 'CASCADE' },
          },
          { name: 'created_at', type: 'timestamptz', default: { sql: ['now()'], values: [] } },
        ],
        constraints: [
          { name: 'users_email_not_empty', check: { expression: { sql: ["email <> ''"], values: [] } } },
        ],
      },
    },
    {
      fields: {
        name: 'events',
        columns: [
          { name: 'id', type: 'uuid', notNull: true },
          { name: 'created_at', type: 'timestamptz', notNull: true },
        ],
        constraints: [{ name: 'events_pkey', primaryKey: { columns: ['id', 'created_at'] } }],
        partitionBy: { strategy: 'range', columns: ['created_at'] },
      },
    },
    {
      given: 'CREATE SCHEMA app',
      fields: {
        schema: 'app',
        name: 'nodes',
        columns: [
          { name: 'id', type: 'integer', primaryKey: true, check: { sql: ['id > 0'], values: [] } },
          { name: 'parent', type: 'integer', references: { schema: 'app', table: 'nodes' } },
        ],
      },
    },
    {
      fields: {
        name: 'parts',
        columns: [{ name: 'name', type: 'text' }],
        partitionBy: { strategy: 'hash', columns: [{ expression: { sql: ['lower(name)'], values: [] } }] },
      },
    },
    {
      given: 'CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at)',
      fields: {
        name: 'events_2026',
        partitionOf: { table: 'events', bound: { from: ['2026-01-01'], to: ['2027-01-01'] } },
        columns: [{ name: 'id', notNull: true }],
        persistence: 'unlogged',
        with: { fillfactor: 70 },
      },
    },
    {
      given: `CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text DEFAULT 'x');
        CREATE TABLE audited (changed_at timestamptz)`,
      fields: {
        name: 'users_copy',
        columns: [],
        like: [{ table: 'users', including: ['all'], excluding: ['identity', 'indexes'] }],
        inherits: [{ table: 'audited' }],
        tablespace: 'pg_default',
        accessMethod: 'heap',
      },
    },
    {
      given: 'CREATE TYPE point_in_time AS (at timestamptz, place text)',
      fields: {
        name: 'sightings',
        ofType: { name: 'point_in_time' },
        columns: [{ name: 'at', primaryKey: true }],
      },
    },
  ],
})

/**
 * Drops a table. A partitioned table that still has partitions is refused unless `partitions: 'drop'` says that they
 * go too. Takes AccessExclusive on the table and on each table that it references.
 * https://www.postgresql.org/docs/current/sql-droptable.html
 */
export const dropTable: Operation<'dropTable', DropTable> = operation('dropTable', {
  title: (fields) => `drop table ${fields.name}`,
  needsBackfills: ({ schema, name }) => [{ schema, table: name }],
  steps(fields) {
    const drop = statement(`DROP TABLE ${qualifiedName(fields)}${fields.cascade === true ? ' CASCADE' : ''}`)
    return fields.partitions === 'drop' ? [drop] : [statement(refusePartitions(fields)), drop]
  },
  inverse(fields) {
    if (fields.cascade === true)
      return { irreversible: `Nothing says what depended on ${fields.name} and went with it.` }
    if (fields.was === undefined) {
      return unknownBefore(`the table ${fields.name}`, 'dropTable')
    }
    return [createTable({ ...inSchema(fields), name: fields.name, ...fields.was })]
  },
  loses: (fields) => [
    ...(fields.loses ?? [`every row of the table ${fields.name}`]),
    ...(fields.cascade === true ? [`what depends on the table ${fields.name}`] : []),
  ],
  phase: () => 'contract',
  locks: (fields) => [
    lockOn({ ...inSchema(fields), table: fields.name }, 'AccessExclusive'),
    ...(fields.was?.partitionOf === undefined ? [] : [lockOn(fields.was.partitionOf, 'AccessExclusive')]),
    ...referencedTables(fields, fields.was).map((table) => lockOn(table, 'AccessExclusive')),
  ],
  examples: [
    {
      given: 'CREATE TABLE notes (id bigint PRIMARY KEY, body text)',
      fields: {
        name: 'notes',
        was: {
          columns: [
            { name: 'id', type: 'bigint', primaryKey: true },
            { name: 'body', type: 'text' },
          ],
        },
      },
    },
    {
      given: `CREATE TABLE users (id bigint PRIMARY KEY);
        CREATE TABLE notes (at date, author bigint CONSTRAINT notes_author_fkey REFERENCES users) PARTITION BY LIST (at)`,
      fields: {
        name: 'notes',
        partitions: 'drop',
        loses: [],
        was: {
          columns: [
            { name: 'at', type: 'date' },
            { name: 'author', type: 'bigint' },
          ],
          constraints: [
            {
              name: 'notes_author_fkey',
              foreignKey: { columns: ['author'], references: { table: 'users' } },
            },
          ],
          partitionBy: { strategy: 'list', columns: ['at'] },
        },
      },
    },
    {
      given: 'CREATE TABLE users (id bigint); CREATE VIEW people AS SELECT id FROM users',
      fields: { name: 'users', cascade: true },
      locks: [
        { table: 'users', mode: 'AccessExclusive' },
        { table: 'people', mode: 'AccessExclusive' },
      ],
    },
  ],
})

/**
 * Renames a table. Takes AccessExclusive for a moment. Code that uses the old name fails from then on.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const renameTable: Operation<'renameTable', RenameTable> = operation('renameTable', {
  title: (fields) => `rename table ${fields.from} to ${fields.to}`,
  needsBackfills: ({ schema, from }) => [{ schema, table: from }],
  steps: (fields) => [
    statement(
      `ALTER TABLE ${qualifiedName({ ...fields, name: fields.from })} RENAME TO ${quoteIdentifier(fields.to)}`,
    ),
  ],
  inverse: (fields) => [renameTable({ ...fields, from: fields.to, to: fields.from })],
  phase: () => 'contract',
  halves({ schema, from: table, to }) {
    const names = { ...inSchema({ schema }), table, to }
    return { expand: expandTable(names), contract: contractTable(names) }
  },
  locks: (fields) => [lockOn({ ...inSchema(fields), table: fields.from }, 'AccessExclusive')],
  examples: [{ given: 'CREATE TABLE people (id bigint)', fields: { from: 'people', to: 'persons' } }],
})

/** A key over partitions has to hold the partition columns too, so what was meant to be unique by itself is not. */
function sharedKeys({ name, constraints = [], partitionBy }: CreateTable): readonly string[] {
  if (partitionBy === undefined) return []
  const partitioning = partitionBy.columns.map((key) => {
    if (typeof key === 'string') return key
    return 'column' in key ? key.column : null
  })
  return constraints.flatMap((constraint) => {
    const columns = keyColumns(constraint)
    const own = columns.filter((column) => !partitioning.includes(column))
    if (own.length === 0) return []
    return [`in ${name} only (${columns.join(', ')}) together is unique, not ${own.join(', ')} alone`]
  })
}

function closedParent({ name, partitionOf }: CreateTable): readonly string[] {
  if (partitionOf === undefined) return []
  return [
    `${partitionOf.table} is closed for a moment while ${name} is made, and for a scan of its default partition if it has one; a table made apart and attachPartition leave it open`,
  ]
}

function keyColumns(constraint: Constraint): readonly string[] {
  if ('primaryKey' in constraint) return constraint.primaryKey.columns
  return 'unique' in constraint ? constraint.unique.columns : []
}

/** PostgreSQL's DROP TABLE takes every partition with it, those too that were added by hand since. */
function refusePartitions(fields: DropTable): string {
  return doBlock(`DECLARE
  attached text;
BEGIN
  SELECT string_agg(inhrelid::regclass::text, ', ' ORDER BY inhrelid::regclass::text) INTO attached
  FROM pg_inherits JOIN pg_class parent ON parent.oid = inhparent
  WHERE parent.oid = ${regclass(fields)} AND parent.relkind = 'p';
  IF attached IS NOT NULL THEN
    RAISE EXCEPTION 'the table % still has partitions: %', ${quoteLiteral(fields.name)}, attached
      USING ERRCODE = 'dependent_objects_still_exist',
        HINT = 'Drop or detach them first, or say partitions: ''drop'' to lose them and their rows.';
  END IF;
END`)
}
