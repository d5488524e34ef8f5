import { clauses } from '../sql/clauses.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'

export type TriggerEvent =
  | 'insert'
  | 'update'
  | 'delete'
  | 'truncate'
  | { readonly updateOf: readonly string[] }

export type TriggerDefinition = {
  readonly when: 'before' | 'after' | 'instead of'
  readonly events: readonly TriggerEvent[]
  /** PostgreSQL's default is `statement`. */
  readonly forEach?: 'row' | 'statement'
  /** Fires only where this holds, over OLD and NEW. */
  readonly condition?: Sql
  readonly execute: {
    readonly schema?: string
    readonly function: string
    readonly arguments?: readonly string[]
  }
  /** Names for the sets of rows that an `after` trigger of a statement sees. */
  readonly referencing?: { readonly oldTable?: string; readonly newTable?: string }
}

export type CreateTrigger = TableReference & { readonly name: string } & TriggerDefinition
export type DropTrigger = TableReference & {
  readonly name: string
  /** What the trigger was, so that it can be made again. */
  readonly was?: TriggerDefinition
}

/**
 * Creates a trigger. Takes ShareRowExclusive for a moment: writers wait, readers do not.
 * https://www.postgresql.org/docs/current/sql-createtrigger.html
 */
export const createTrigger: Operation<'createTrigger', CreateTrigger> = operation('createTrigger', {
  title: (fields) => `create trigger ${fields.name} on ${fields.table}`,
  steps: (fields) => [statement(triggerSql(fields))],
  inverse: ({ name, table, schema, ...was }) => [dropTrigger({ ...inSchema({ schema }), table, name, was })],
  locks: (fields) => [lockOn(fields, 'ShareRowExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint, email text);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$`,
      fields: {
        table: 'users',
        name: 'users_touch',
        when: 'before',
        events: ['insert', { updateOf: ['email'] }],
        forEach: 'row',
        condition: { sql: ['NEW.email IS NOT NULL'], values: [] },
        execute: { function: 'touch', arguments: ["it's"] },
      },
    },
    {
      given: `CREATE TABLE users (id bigint); CREATE VIEW people AS SELECT id FROM users; CREATE SCHEMA app;
        CREATE FUNCTION app.divert() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$`,
      fields: {
        table: 'people',
        name: 'people_divert',
        when: 'instead of',
        events: ['update', 'delete'],
        forEach: 'row',
        execute: { schema: 'app', function: 'divert' },
      },
    },
    {
      given: `CREATE TABLE users (id bigint);
        CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$`,
      fields: {
        table: 'users',
        name: 'users_log',
        when: 'after',
        events: ['update'],
        referencing: { oldTable: 'old_rows', newTable: 'new_rows' },
        execute: { function: 'log' },
      },
    },
    {
      given: `CREATE TABLE users (id bigint);
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'no'; END$$`,
      fields: {
        table: 'users',
        name: 'users_keep',
        when: 'before',
        events: ['truncate'],
        forEach: 'statement',
        execute: { function: 'refuse' },
      },
    },
  ],
})

/**
 * Drops a trigger. Takes AccessExclusive for a moment.
 * https://www.postgresql.org/docs/current/sql-droptrigger.html
 */
export const dropTrigger: Operation<'dropTrigger', DropTrigger> = operation('dropTrigger', {
  title: (fields) => `drop trigger ${fields.name} on ${fields.table}`,
  steps: (fields) => [statement(`DROP TRIGGER ${quoteIdentifier(fields.name)} ON ${tableName(fields)}`)],
  inverse({ was, ...fields }) {
    if (was === undefined) {
      return unknownBefore(`the trigger ${fields.name}`, 'dropTrigger')
    }
    return [createTrigger({ ...fields, ...was })]
  },
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
        CREATE TRIGGER users_touch AFTER DELETE ON users REFERENCING OLD TABLE AS gone EXECUTE FUNCTION touch()`,
      fields: {
        table: 'users',
        name: 'users_touch',
        was: {
          when: 'after',
          events: ['delete'],
          referencing: { oldTable: 'gone' },
          execute: { function: 'touch' },
        },
      },
    },
  ],
})

function triggerSql(fields: CreateTrigger): string {
  const { oldTable, newTable } = fields.referencing ?? {}
  const referencing = [
    oldTable !== undefined && `OLD TABLE AS ${quoteIdentifier(oldTable)}`,
    newTable !== undefined && `NEW TABLE AS ${quoteIdentifier(newTable)}`,
  ].filter((part) => part !== false)
  const { execute } = fields
  return clauses(
    `CREATE TRIGGER ${quoteIdentifier(fields.name)} ${fields.when.toUpperCase()}`,
    fields.events.map(triggerEvent).join(' OR '),
    `ON ${tableName(fields)}`,
    referencing.length > 0 && `REFERENCING ${referencing.join(' ')}`,
    `FOR EACH ${(fields.forEach ?? 'statement').toUpperCase()}`,
    fields.condition !== undefined && `WHEN (${inlineSql(fields.condition)})`,
    `EXECUTE FUNCTION ${qualifiedName({ ...execute, name: execute.function })}(${(execute.arguments ?? []).map(literal).join(', ')})`,
  )
}

function triggerEvent(event: TriggerEvent): string {
  return typeof event === 'string'
    ? event.toUpperCase()
    : `UPDATE OF ${columnList(event.updateOf).slice(1, -1)}`
}
