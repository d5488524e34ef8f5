import {
  alterEventTrigger,
  alterRule,
  alterTrigger,
  createEventTrigger,
  createRule,
  createTrigger,
  dropTrigger,
  replaceRule,
  replaceTrigger,
} from '../../src/operations/registry.ts'
import { sql } from '../../src/sql/tag.ts'

const [on, execute] = [{ table: 't', name: 'g' } as const, { function: 'f' } as const]

/** What compiles, beside what must not; it is only type-checked. */
export function triggers() {
  createTrigger({ ...on, when: 'before', events: ['insert', { updateOf: ['a'] }], forEach: 'row', execute })
  createTrigger({ ...on, when: 'after', events: ['truncate'], execute })
  createTrigger({ ...on, when: 'after', events: ['insert'], referencing: { newTable: 'n' }, execute })
  createTrigger({ ...on, when: 'instead of', events: ['insert', 'delete'], forEach: 'row', execute })
  createTrigger({
    ...on,
    constraint: true,
    when: 'after',
    events: ['insert'],
    from: { table: 'u' },
    deferrable: true,
    forEach: 'row',
    execute,
  })
  dropTrigger({ ...on, was: { when: 'after', events: ['delete'], execute, enabled: 'replica' } })
  replaceTrigger({ ...on, when: 'after', events: ['delete'], execute })
  alterTrigger({ ...on, enabled: 'always', was: { enabled: false } })
  alterTrigger({ table: 't', triggers: 'user', enabled: false, was: { enabled: true } })

  // @ts-expect-error no row is truncated
  createTrigger({ ...on, when: 'after', events: ['truncate'], forEach: 'row', execute })
  // @ts-expect-error a trigger that comes before sees no set of rows
  createTrigger({ ...on, when: 'before', events: ['insert'], referencing: { newTable: 'n' }, execute })
  // @ts-expect-error what is inserted has no old rows
  createTrigger({ ...on, when: 'after', events: ['insert'], referencing: { oldTable: 'o' }, execute })
  // @ts-expect-error a set of rows is of one event
  createTrigger({
    ...on,
    when: 'after',
    events: ['insert', 'update'],
    referencing: { newTable: 'n' },
    execute,
  })
  // @ts-expect-error instead of is for each row
  createTrigger({ ...on, when: 'instead of', events: ['insert'], execute })
  // @ts-expect-error instead of has no condition
  createTrigger({
    ...on,
    when: 'instead of',
    events: ['insert'],
    forEach: 'row',
    condition: sql`true`,
    execute,
  })
  // @ts-expect-error instead of has no columns
  createTrigger({ ...on, when: 'instead of', events: [{ updateOf: ['a'] }], forEach: 'row', execute })
  // @ts-expect-error a view's trigger cannot be disabled
  createTrigger({ ...on, when: 'instead of', events: ['insert'], forEach: 'row', execute, enabled: false })
  // @ts-expect-error only a constraint trigger is deferrable
  createTrigger({ ...on, when: 'after', events: ['insert'], forEach: 'row', execute, deferrable: true })
  // @ts-expect-error a constraint trigger comes after
  createTrigger({ ...on, constraint: true, when: 'before', events: ['insert'], forEach: 'row', execute })
  // @ts-expect-error a constraint trigger cannot be replaced
  replaceTrigger({ ...on, constraint: true, when: 'after', events: ['insert'], forEach: 'row', execute })
  // @ts-expect-error all triggers are enabled or disabled, no more
  alterTrigger({ table: 't', triggers: 'all', enabled: 'always' })
  // @ts-expect-error one trigger or all of them
  alterTrigger({ table: 't', name: 'g', triggers: 'all', enabled: true })
}

export function rules() {
  createRule({ ...on, event: 'delete', do: 'instead', commands: [], enabled: false })
  createRule({ ...on, event: 'update', where: sql`OLD.a > 1`, commands: [sql`NOTIFY t`] })
  replaceRule({ ...on, event: 'delete', commands: [], was: { event: 'delete', do: 'instead', commands: [] } })
  alterRule({ ...on, enabled: 'replica', was: { enabled: true } })

  // @ts-expect-error a rule for SELECT is a view
  createRule({ ...on, event: 'select', do: 'instead', commands: [sql`SELECT 1`] })
  // @ts-expect-error a replaced rule stays as enabled as it was
  replaceRule({ ...on, event: 'delete', commands: [], enabled: true })
}

export function eventTriggers() {
  createEventTrigger({ name: 'e', event: 'sql_drop', tags: ['DROP TABLE'], execute, enabled: 'always' })
  createEventTrigger({ name: 'e', event: 'login', execute })
  alterEventTrigger({ name: 'e', enabled: false, was: { enabled: true } })

  // @ts-expect-error a login has no tag
  createEventTrigger({ name: 'e', event: 'login', tags: ['LOGIN'], execute })
  // @ts-expect-error there is no such event
  createEventTrigger({ name: 'e', event: 'ddl_command', execute })
  // @ts-expect-error the function of an event trigger takes no arguments
  createEventTrigger({ name: 'e', event: 'sql_drop', execute: { function: 'f', arguments: ['x'] } })
}
