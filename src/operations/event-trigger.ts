import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { needsOf, type Operation, operation, type Step, statement, unknownBefore } from './operation.ts'
import { type Enabled, enablement } from './trigger-definition.ts'

export type EventTriggerDefinition = {
  readonly execute: { readonly schema?: string; readonly function: string }
  readonly enabled?: Enabled
} & (
  | {
      readonly event: 'ddl_command_start' | 'ddl_command_end' | 'sql_drop' | 'table_rewrite'
      /** The commands for which it fires, such as `DROP TABLE`; for all if left out. */
      readonly tags?: readonly string[]
    }
  | {
      /** From PostgreSQL 17 on. If its function fails, nobody can log in but with `event_triggers = off`. */
      readonly event: 'login'
      readonly tags?: never
    }
)

export type CreateEventTrigger = { readonly name: string } & EventTriggerDefinition
export type DropEventTrigger = {
  readonly name: string
  /** What the event trigger was, so that it can be made again. */
  readonly was?: EventTriggerDefinition
}
export type AlterEventTrigger = {
  readonly name: string
  readonly enabled: Enabled
  /** When it fired before, so that the change can be undone. */
  readonly was?: { readonly enabled: Enabled }
}

/**
 * Creates an event trigger, which fires for commands in the whole database, those of later revisions too. Superusers may.
 * Locks nothing.
 * https://www.postgresql.org/docs/current/sql-createeventtrigger.html
 */
export const createEventTrigger: Operation<'createEventTrigger', CreateEventTrigger> = operation(
  'createEventTrigger',
  {
    title: (fields) => `create event trigger ${fields.name}`,
    steps: (fields) => [statement(eventTriggerSql(fields)), ...enable(fields)],
    inverse: ({ name, ...was }: CreateEventTrigger) => [dropEventTrigger({ name, was })],
    needs: (fields) => needsOf([fields.event === 'login', 'an event trigger on login', 17]),
    warns: (fields) =>
      fields.event === 'login'
        ? [`while the function ${fields.execute.function} fails, nobody can log in to this database`]
        : [],
    locks: () => [],
    examples: [
      {
        given: 'CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$',
        fields: {
          name: 'note_drops',
          event: 'sql_drop',
          tags: ['DROP TABLE', 'DROP VIEW'],
          execute: { function: 'note' },
          enabled: 'always',
        },
      },
      {
        given: `CREATE SCHEMA "My App";
          CREATE FUNCTION "My App"."Note"() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$`,
        fields: {
          name: 'The "note"',
          event: 'ddl_command_end',
          execute: { schema: 'My App', function: 'Note' },
        },
      },
      {
        given: 'CREATE FUNCTION greet() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$',
        fields: { name: 'greet', event: 'login', execute: { function: 'greet' }, enabled: false },
      },
    ],
  },
)

/**
 * Drops an event trigger. Locks nothing.
 * https://www.postgresql.org/docs/current/sql-dropeventtrigger.html
 */
export const dropEventTrigger: Operation<'dropEventTrigger', DropEventTrigger> = operation(
  'dropEventTrigger',
  {
    title: (fields) => `drop event trigger ${fields.name}`,
    steps: (fields) => [statement(`DROP EVENT TRIGGER ${quoteIdentifier(fields.name)}`)],
    inverse({ name, was }) {
      if (was === undefined) return unknownBefore(`the event trigger ${name}`, 'dropEventTrigger')
      return [createEventTrigger({ name, ...was })]
    },
    locks: () => [],
    examples: [
      {
        given: `CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$;
          CREATE EVENT TRIGGER note_rewrites ON table_rewrite WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION note();
          ALTER EVENT TRIGGER note_rewrites ENABLE REPLICA`,
        fields: {
          name: 'note_rewrites',
          was: {
            event: 'table_rewrite',
            tags: ['ALTER TABLE'],
            execute: { function: 'note' },
            enabled: 'replica',
          },
        },
      },
    ],
  },
)

/**
 * Says when an event trigger fires. Locks nothing.
 * https://www.postgresql.org/docs/current/sql-altereventtrigger.html
 */
export const alterEventTrigger: Operation<'alterEventTrigger', AlterEventTrigger> = operation(
  'alterEventTrigger',
  {
    title: (fields) => `${enablement(fields.enabled).toLowerCase()} event trigger ${fields.name}`,
    steps: (fields) => [enableEventTrigger(fields)],
    inverse({ name, enabled, was }) {
      if (was === undefined) return unknownBefore(`when the event trigger ${name} fired`, 'alterEventTrigger')
      return [alterEventTrigger({ name, ...was, was: { enabled } })]
    },
    locks: () => [],
    examples: [
      {
        given: `CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$;
          CREATE EVENT TRIGGER note_all ON ddl_command_start EXECUTE FUNCTION note()`,
        fields: { name: 'note_all', enabled: false, was: { enabled: true } },
      },
    ],
  },
)

function eventTriggerSql(fields: CreateEventTrigger): string {
  return clauses(
    `CREATE EVENT TRIGGER ${quoteIdentifier(fields.name)} ON ${fields.event}`,
    fields.tags !== undefined && `WHEN TAG IN (${fields.tags.map(quoteLiteral).join(', ')})`,
    `EXECUTE FUNCTION ${qualifiedName({ ...fields.execute, name: fields.execute.function })}()`,
  )
}

function enable({ name, enabled = true }: CreateEventTrigger): readonly Step[] {
  return enabled === true ? [] : [enableEventTrigger({ name, enabled })]
}

function enableEventTrigger({ name, enabled }: Pick<AlterEventTrigger, 'name' | 'enabled'>) {
  return statement(`ALTER EVENT TRIGGER ${quoteIdentifier(name)} ${enablement(enabled)}`)
}
