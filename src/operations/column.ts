import { derivedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import {
  type Column,
  type ColumnType,
  type ColumnWas,
  columnDefinition,
  defaultExpression,
} from './column-definition.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'

export type AddColumn = TableReference & { readonly column: Column }
export type DropColumn = TableReference & {
  readonly name: string
  /** What the column was, so that it can be made again (without its values). */
  readonly was?: ColumnWas
  /** What is gone for good, a sentence each, where that is not every value: nothing (`[]`) if all of it is elsewhere too. */
  readonly loses?: readonly string[]
}
export type RenameColumn = TableReference & { readonly from: string; readonly to: string }
export type SetNotNull = TableReference & { readonly column: string }

/** A change of a column; what is not named stays as it is. */
export type AlterColumn = TableReference & {
  readonly name: string
  readonly type?: ColumnType
  /** How the old values become new ones; PostgreSQL's assignment cast if left out. */
  readonly using?: Sql
  /** A new default; null drops it. */
  readonly default?: Value | Sql
  /** The same properties as they were, so that the change can be undone. */
  readonly was?: { readonly type?: ColumnType; readonly using?: Sql; readonly default?: Value | Sql }
}

/**
 * Adds a column. Takes AccessExclusive for a moment. PostgreSQL stores a constant default, and one that is stable
 * (`now()`, a STABLE function), once for all rows there are; a volatile one, an identity and a generated column
 * rewrite the whole table.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const addColumn: Operation<'addColumn', AddColumn> = operation('addColumn', {
  title: (fields) => `add column ${fields.table}.${fields.column.name}`,
  steps: (fields) => [
    statement(`ALTER TABLE ${tableName(fields)} ADD COLUMN ${columnDefinition(fields.column)}`),
  ],
  inverse({ column: { name, ...was }, ...table }) {
    return [dropColumn({ ...table, name, was })]
  },
  locks({ column, ...fields }) {
    const own = lockOn(fields, 'AccessExclusive')
    return column.references === undefined ? [own] : [own, lockOn(column.references, 'ShareRowExclusive')]
  },
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
 * Drops a column; its indexes and constraints go with it. Takes AccessExclusive for a moment; where the column has a
 * foreign key, on the referenced table too.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const dropColumn: Operation<'dropColumn', DropColumn> = operation('dropColumn', {
  title: (fields) => `drop column ${fields.table}.${fields.name}`,
  steps: (fields) => [
    statement(`ALTER TABLE ${tableName(fields)} DROP COLUMN ${quoteIdentifier(fields.name)}`),
  ],
  inverse({ name, was, loses: _, ...table }) {
    if (was === undefined) return unknownBefore(`the column ${table.table}.${name}`, 'dropColumn')
    return [addColumn({ ...table, column: { name, ...was } })]
  },
  loses: (fields) => fields.loses ?? [`every value of the column ${fields.table}.${fields.name}`],
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
  ],
})

/**
 * Renames a column. Takes AccessExclusive for a moment. Code that uses the old name fails from then on; for a rename
 * that old and new code live through together see `expandColumn`.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const renameColumn: Operation<'renameColumn', RenameColumn> = operation('renameColumn', {
  title: (fields) => `rename column ${fields.table}.${fields.from} to ${fields.to}`,
  steps: (fields) => [
    statement(
      `ALTER TABLE ${tableName(fields)} RENAME COLUMN ${quoteIdentifier(fields.from)} TO ${quoteIdentifier(fields.to)}`,
    ),
  ],
  inverse: (fields) => [renameColumn({ ...fields, from: fields.to, to: fields.from })],
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: 'CREATE TABLE users (id bigint, mail text)',
      fields: { table: 'users', from: 'mail', to: 'email' },
    },
  ],
})

/**
 * Changes a column's type or default. Takes AccessExclusive; a new type rewrites the table and its indexes unless
 * PostgreSQL knows that the stored values stay as they are (a longer varchar, varchar to text, a wider numeric).
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const alterColumn: Operation<'alterColumn', AlterColumn> = operation('alterColumn', {
  title: (fields) => `alter column ${fields.table}.${fields.name}`,
  steps: (fields) => [statement(`ALTER TABLE ${tableName(fields)} ${alterations(fields).join(', ')}`)],
  inverse(fields) {
    const { was } = fields
    const missing = (['type', 'default'] as const).filter(
      (property) => fields[property] !== undefined && was?.[property] === undefined,
    )
    if (was === undefined || missing.length > 0) {
      return unknownBefore(`the ${missing.join(' and ')} of ${fields.table}.${fields.name}`, 'alterColumn')
    }
    const now = given({ type: fields.type, using: fields.using, default: fields.default })
    return [alterColumn({ ...inSchema(fields), table: fields.table, name: fields.name, ...was, was: now })]
  },
  warns: (fields) =>
    fields.type === undefined
      ? []
      : [
          `${fields.table} is rewritten, and closed to readers meanwhile, unless ${fields.type} stores the same bytes`,
        ],
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: "CREATE TABLE users (id bigint, name varchar(50) DEFAULT 'x')",
      fields: {
        table: 'users',
        name: 'name',
        type: 'text',
        default: 'nobody',
        was: { type: 'varchar(50)', default: 'x' },
      },
    },
    {
      given: "CREATE TABLE users (age text DEFAULT 'none'); INSERT INTO users VALUES ('7'), ('none')",
      fields: {
        table: 'users',
        name: 'age',
        type: 'integer',
        using: { sql: ["nullif(age, 'none')::integer"], values: [] },
        default: 0,
        was: { type: 'text', using: { sql: ["coalesce(age::text, 'none')"], values: [] }, default: 'none' },
      },
    },
    {
      given: 'CREATE TABLE users (seen timestamptz DEFAULT now())',
      fields: {
        table: 'users',
        name: 'seen',
        default: null,
        was: { default: { sql: ['now()'], values: [] } },
      },
    },
  ],
})

/**
 * Sets NOT NULL without a long lock: a NOT VALID check first, validated in a stage of its own while the table is read
 * and written; then PostgreSQL takes the valid check as proof and does not scan again (12 and newer).
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const setNotNull: Operation<'setNotNull', SetNotNull> = operation('setNotNull', {
  title: (fields) => `set not null ${fields.table}.${fields.column}`,
  steps(fields) {
    const alter = `ALTER TABLE ${tableName(fields)}`
    const column = quoteIdentifier(fields.column)
    const check = quoteIdentifier(derivedName(fields.table, fields.column, 'not_null_proof'))
    return [
      statement(
        `${alter} ADD CONSTRAINT ${check} CHECK (${column} IS NOT NULL) NOT VALID`,
        'own',
        'not valid yet',
      ),
      statement(`${alter} VALIDATE CONSTRAINT ${check}`, 'own', 'validate'),
      // Two statements: in one, PostgreSQL would not see the check as proof and scan under AccessExclusive.
      statement(`${alter} ALTER COLUMN ${column} SET NOT NULL`),
      statement(`${alter} DROP CONSTRAINT ${check}`),
    ]
  },
  inverse: (fields) => [dropNotNull(fields)],
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: 'CREATE TABLE users (id bigint, email text); INSERT INTO users VALUES (1, $$a@example.com$$)',
      fields: { table: 'users', column: 'email' },
    },
  ],
})

/**
 * Allows NULL again. Takes AccessExclusive for a moment.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const dropNotNull: Operation<'dropNotNull', SetNotNull> = operation('dropNotNull', {
  title: (fields) => `drop not null ${fields.table}.${fields.column}`,
  steps: (fields) => [
    statement(
      `ALTER TABLE ${tableName(fields)} ALTER COLUMN ${quoteIdentifier(fields.column)} DROP NOT NULL`,
    ),
  ],
  inverse: (fields) => [setNotNull(fields)],
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    { given: 'CREATE TABLE users (email text NOT NULL)', fields: { table: 'users', column: 'email' } },
  ],
})

function alterations(fields: AlterColumn): readonly string[] {
  const column = `ALTER COLUMN ${quoteIdentifier(fields.name)}`
  const using = fields.using === undefined ? '' : ` USING ${inlineSql(fields.using)}`
  const retyped = fields.type === undefined ? [] : [`${column} TYPE ${fields.type}${using}`]
  if (fields.default === undefined) return retyped
  const drop = `${column} DROP DEFAULT`
  if (fields.default === null) return [drop, ...retyped]
  const set = `${column} SET DEFAULT ${defaultExpression(fields.default)}`
  // The old default is not always castable to the new type (42804), so it goes before.
  return retyped.length === 0 ? [set] : [drop, ...retyped, set]
}

function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
