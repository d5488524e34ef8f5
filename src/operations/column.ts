import { quoteIdentifier } from '../sql/identifier.ts'
import {
  type Column,
  type ColumnWas,
  columnDefinition,
  columnNeeds,
  columnSettings,
} from './column-definition.ts'
import { contractColumn } from './contract.ts'
import { expandColumn } from './expand.ts'
import { type Lock, type Operation, operation, statement, unknownBefore } from './operation.ts'
import { phaseOfTable } from './phase.ts'
import { lockOn, type TableReference, tableName } from './relation.ts'

export type AddColumn = TableReference & { readonly column: Column }
export type AddColumns = TableReference & { readonly columns: readonly Column[] }
export type DropColumn = TableReference & {
  readonly name: string
  /** What the column was, so that it can be made again (without its values). */
  readonly was?: ColumnWas
  /** Drops what depends on the column too: views, foreign keys of other tables. */
  readonly cascade?: true
  /** What is gone for good, a sentence each, where that is not every value: nothing (`[]`) if all of it is elsewhere too. */
  readonly loses?: readonly string[]
}
export type RenameColumn = TableReference & { readonly from: string; readonly to: string }

/**
 * Adds a column. Takes AccessExclusive for a moment. PostgreSQL stores a constant default, and one that is stable
 * (`now()`, a STABLE function), once for all rows there are; a volatile one, an identity and a generated column
 * rewrite the whole table.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const addColumn: Operation<'addColumn', AddColumn> = operation('addColumn', {
  title: (fields) => `add column ${fields.table}.${fields.column.name}`,
  steps: (fields) => [statement(`ALTER TABLE ${tableName(fields)} ${addActions([fields.column])}`)],
  inverse({ column: { name, ...was }, ...table }) {
    return [dropColumn({ ...table, name, was })]
  },
  needs: (fields) => columnNeeds(fields.column),
  warns: (fields) => unfilled(fields.table, [fields.column]),
  phase: (fields, isNew) => (isRequired(fields.column) ? phaseOfTable(fields, isNew) : 'expand'),
  makes: ({ column, ...table }) => [{ ...table, column: column.name }],
  locks: ({ column, ...table }) => addLocks(table, [column]),
  examples: [
    {
      given: 'CREATE TABLE users (id bigint); INSERT INTO users VALUES (1)',
      fields: { table: 'users', column: { name: 'active', type: 'boolean', notNull: true, default: true } },
    },
    {
      given: 'CREATE TABLE teams (id uuid PRIMARY KEY); CREATE TABLE users (id bigint)',
      fields: { table: 'users', column: { name: 'team_id', type: 'uuid', references: { table: 'teams' } } },
    },
    {
      given: 'CREATE TABLE users (id bigint, first text, last text)',
      fields: {
        table: 'users',
        column: {
          name: 'name',
          type: 'text',
          collation: 'C',
          generated: { sql: ["first || ' ' || last"], values: [] },
          unique: true,
        },
      },
    },
    {
      given: 'CREATE TABLE users (email text)',
      fields: {
        table: 'users',
        column: { name: 'id', type: 'bigint', identity: 'by default', primaryKey: true },
      },
    },
  ],
})

/**
 * Adds several columns in one ALTER TABLE: one lock, and one rewrite if any of them needs one; see `addColumn`.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const addColumns: Operation<'addColumns', AddColumns> = operation('addColumns', {
  title: (fields) => `add columns ${fields.columns.map(({ name }) => name).join(', ')} to ${fields.table}`,
  steps: (fields) => [statement(`ALTER TABLE ${tableName(fields)} ${addActions(fields.columns)}`)],
  inverse: ({ columns, ...table }) =>
    columns.toReversed().map(({ name, ...was }) => dropColumn({ ...table, name, was })),
  needs: (fields) => fields.columns.flatMap(columnNeeds),
  warns: (fields) => unfilled(fields.table, fields.columns),
  phase: (fields, isNew) => (fields.columns.some(isRequired) ? phaseOfTable(fields, isNew) : 'expand'),
  makes: ({ columns, ...table }) => columns.map(({ name }) => ({ ...table, column: name })),
  locks: ({ columns, ...table }) => addLocks(table, columns),
  examples: [
    {
      given: 'CREATE TABLE teams (id uuid PRIMARY KEY); CREATE TABLE users (id bigint)',
      fields: {
        table: 'users',
        columns: [
          { name: 'team_id', type: 'uuid', references: { table: 'teams', deferrable: true } },
          { name: 'note', type: 'text', storage: 'external', statistics: 500, options: { n_distinct: -1 } },
        ],
      },
    },
  ],
})

/**
 * Drops a column; its indexes and constraints go with it. Takes AccessExclusive for a moment; where the column has a
 * foreign key, on the referenced table too.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const dropColumn: Operation<'dropColumn', DropColumn> = operation('dropColumn', {
  title: (fields) => `drop column ${fields.table}.${fields.name}`,
  needsBackfills: ({ schema, table }) => [{ schema, table }],
  steps(fields) {
    const cascade = fields.cascade === true ? ' CASCADE' : ''
    return [
      statement(`ALTER TABLE ${tableName(fields)} DROP COLUMN ${quoteIdentifier(fields.name)}${cascade}`),
    ]
  },
  inverse({ name, was, cascade, loses: _, ...table }) {
    if (cascade === true)
      return { irreversible: `Nothing says what depended on ${table.table}.${name} and went with it.` }
    if (was === undefined) return unknownBefore(`the column ${table.table}.${name}`, 'dropColumn')
    return [addColumn({ ...table, column: { name, ...was } })]
  },
  loses: (fields) => [
    // What is computed is computed again.
    ...(fields.loses ??
      (fields.was?.generated === undefined
        ? [`every value of the column ${fields.table}.${fields.name}`]
        : [])),
    ...(fields.cascade === true ? [`what depends on the column ${fields.table}.${fields.name}`] : []),
  ],
  phase: () => 'contract',
  locks({ was, ...fields }) {
    const own = lockOn(fields, 'AccessExclusive')
    return was?.references === undefined ? [own] : [own, lockOn(was.references, 'AccessExclusive')]
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint, nickname text)',
      fields: { table: 'users', name: 'nickname', was: { type: 'text' } },
    },
    {
      given: `CREATE TABLE teams (id uuid PRIMARY KEY);
        CREATE TABLE users (id bigint, team_id uuid NOT NULL REFERENCES teams ON UPDATE CASCADE ON DELETE RESTRICT)`,
      fields: {
        table: 'users',
        name: 'team_id',
        was: {
          type: 'uuid',
          notNull: true,
          references: { table: 'teams', column: 'id', onUpdate: 'CASCADE', onDelete: 'RESTRICT' },
        },
        loses: ['which team a user is in'],
      },
    },
    {
      given: 'CREATE TABLE users (id bigint, nick text); CREATE VIEW nicks AS SELECT nick FROM users',
      fields: { table: 'users', name: 'nick', cascade: true },
      locks: [
        { table: 'users', mode: 'AccessExclusive' },
        { table: 'nicks', mode: 'AccessExclusive' },
      ],
    },
  ],
})

/**
 * Renames a column. Takes AccessExclusive for a moment. Code that uses the old name fails from then on; for a rename
 * that old and new code live through together see `expandColumn`.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const renameColumn: Operation<'renameColumn', RenameColumn> = operation('renameColumn', {
  title: (fields) => `rename column ${fields.table}.${fields.from} to ${fields.to}`,
  needsBackfills: ({ schema, table }) => [{ schema, table }],
  steps: (fields) => [
    statement(
      `ALTER TABLE ${tableName(fields)} RENAME COLUMN ${quoteIdentifier(fields.from)} TO ${quoteIdentifier(fields.to)}`,
    ),
  ],
  inverse: (fields) => [renameColumn({ ...fields, from: fields.to, to: fields.from })],
  phase: () => 'contract',
  halves: (fields) => ({ expand: expandColumn(fields), contract: contractColumn(fields) }),
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: 'CREATE TABLE users (id bigint, mail text)',
      fields: { table: 'users', from: 'mail', to: 'email' },
    },
  ],
})

/** The application of before says nothing of it when it inserts, and nothing else fills it. */
function isRequired({ notNull, primaryKey, ...filled }: Column): boolean {
  const given = filled.default ?? filled.identity ?? filled.generated
  return (notNull === true || primaryKey !== undefined) && given == null
}

/** PostgreSQL refuses it where there are rows. */
function unfilled(table: string, columns: readonly Column[]): readonly string[] {
  return columns
    .filter(isRequired)
    .map(
      ({ name }) => `${table}.${name} is NOT NULL and nothing fills it: this fails where ${table} has rows`,
    )
}

function addActions(columns: readonly Column[]): string {
  return [
    ...columns.map((column) => `ADD COLUMN ${columnDefinition(column)}`),
    ...columns.flatMap(columnSettings),
  ].join(', ')
}

function addLocks(table: TableReference, columns: readonly Column[]): readonly Lock[] {
  const references = columns.flatMap((column) => column.references ?? [])
  return [
    lockOn(table, 'AccessExclusive'),
    ...references.map((reference) => lockOn(reference, 'ShareRowExclusive')),
  ]
}
