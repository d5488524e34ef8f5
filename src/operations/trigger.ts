import { quoteIdentifier } from '../sql/identifier.ts'
import { type Operation, operation, type Step, statement, unknownBefore } from './operation.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'
import {
  type Enabled,
  enablement,
  type ReplaceableTrigger,
  type TriggerDefinition,
  triggerSql,
} from './trigger-definition.ts'

export type CreateTrigger = TableReference & { readonly name: string } & TriggerDefinition

export type DropTrigger = TableReference & {
  readonly name: string
  /** What the trigger was, so that it can be made again. */
  readonly was?: TriggerDefinition
}

export type ReplaceTrigger = TableReference & { readonly name: string } & ReplaceableTrigger & {
    /** What the trigger was, so that it can be again. */
    readonly was?: ReplaceableTrigger
  }

/** One trigger by name; or all of a table's, those behind foreign keys too, which superusers may; or all that users made. */
export type AlterTrigger = TableReference &
  (
    | {
        readonly name: string
        readonly triggers?: never
        readonly enabled: Enabled
        /** When it fired before, so that the change can be undone. */
        readonly was?: { readonly enabled: Enabled }
      }
    | {
        readonly name?: never
        readonly triggers: 'all' | 'user'
        readonly enabled: boolean
        readonly was?: { readonly enabled: boolean }
      }
  )

/**
 * Creates a trigger. Takes ShareRowExclusive for a moment: writers wait, readers do not. A trigger of a view is always
 * enabled.
 * https://www.postgresql.org/docs/current/sql-createtrigger.html
 */
export const createTrigger: Operation<'createTrigger', CreateTrigger> = operation('createTrigger', {
  title: (fields) => `create trigger ${fields.name} on ${fields.table}`,
  steps: (fields) => [statement(`CREATE ${triggerSql(fields)}`), ...enable(fields)],
  inverse: ({ name, table, schema, ...was }: CreateTrigger) => [
    dropTrigger({ ...inSchema({ schema }), table, name, was }),
  ],
  locks: (fields) => [
    lockOn(fields, 'ShareRowExclusive'),
    ...(fields.from === undefined ? [] : [lockOn(fields.from, 'AccessShare')]),
  ],
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
        enabled: 'always',
      },
    },
    {
      given: `CREATE TABLE teams (id bigint); CREATE TABLE users (id bigint, team bigint);
        CREATE FUNCTION check_team() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$`,
      fields: {
        table: 'users',
        name: 'users_team',
        constraint: true,
        when: 'after',
        events: ['insert', { updateOf: ['team'] }],
        from: { table: 'teams' },
        initiallyDeferred: true,
        forEach: 'row',
        condition: { sql: ['NEW.team > ', ''], values: [0] },
        execute: { function: 'check_team' },
        enabled: false,
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

/**
 * Gives a trigger a new definition in one statement; from PostgreSQL 14 on. One that was disabled fires again, unless
 * `enabled` says when. A constraint trigger cannot be replaced. Takes ShareRowExclusive for a moment.
 * https://www.postgresql.org/docs/current/sql-createtrigger.html
 */
export const replaceTrigger: Operation<'replaceTrigger', ReplaceTrigger> = operation('replaceTrigger', {
  title: (fields) => `replace trigger ${fields.name} on ${fields.table}`,
  steps: (fields) => [statement(`CREATE OR REPLACE ${triggerSql(fields)}`), ...enable(fields)],
  inverse({ schema, table, name, was, ...now }: ReplaceTrigger) {
    if (was === undefined) return unknownBefore(`the trigger ${name}`, 'replaceTrigger')
    return [replaceTrigger({ ...inSchema({ schema }), table, name, ...was, was: now })]
  },
  needs: () => [{ what: 'CREATE OR REPLACE TRIGGER', since: 14 }],
  locks: (fields) => [lockOn(fields, 'ShareRowExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
        CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
        ALTER TABLE users DISABLE TRIGGER users_touch`,
      fields: {
        table: 'users',
        name: 'users_touch',
        when: 'before',
        events: ['insert', 'update'],
        forEach: 'row',
        execute: { function: 'touch' },
        was: {
          when: 'before',
          events: ['update'],
          forEach: 'row',
          execute: { function: 'touch' },
          enabled: false,
        },
      },
    },
  ],
})

/**
 * Says when a table's trigger fires, or all of them. Takes ShareRowExclusive for a moment. Where triggers were not all
 * alike, undoing a change of all of them makes them so.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const alterTrigger: Operation<'alterTrigger', AlterTrigger> = operation('alterTrigger', {
  title: (fields) => `${enablement(fields.enabled).toLowerCase()} ${triggersOf(fields)} on ${fields.table}`,
  steps: (fields) => {
    const which = fields.name === undefined ? fields.triggers.toUpperCase() : quoteIdentifier(fields.name)
    return [statement(`ALTER TABLE ${tableName(fields)} ${enablement(fields.enabled, 'TRIGGER')} ${which}`)]
  },
  inverse(fields: AlterTrigger) {
    if (fields.was === undefined) return unknownBefore(`when ${triggersOf(fields)} fired`, 'alterTrigger')
    // Either sort of trigger by itself: all of them can be no more than enabled and disabled.
    if (fields.name === undefined) {
      return [alterTrigger({ ...fields, ...fields.was, was: { enabled: fields.enabled } })]
    }
    return [alterTrigger({ ...fields, ...fields.was, was: { enabled: fields.enabled } })]
  },
  locks: (fields) => [lockOn(fields, 'ShareRowExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
        CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()`,
      fields: { table: 'users', name: 'users_touch', enabled: 'replica', was: { enabled: true } },
    },
    {
      given: `CREATE TABLE users (id bigint);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
        CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()`,
      fields: { table: 'users', triggers: 'user', enabled: false, was: { enabled: true } },
    },
  ],
})

function enable(
  trigger: TableReference & { readonly name: string; readonly enabled?: Enabled },
): readonly Step[] {
  const { name, enabled = true } = trigger
  if (enabled === true) return []
  const change = `${enablement(enabled, 'TRIGGER')} ${quoteIdentifier(name)}`
  return [statement(`ALTER TABLE ${tableName(trigger)} ${change}`)]
}

function triggersOf(fields: AlterTrigger): string {
  return fields.name === undefined ? `${fields.triggers} triggers` : `trigger ${fields.name}`
}
