import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { type Operation, operation, type Step, statement, unknownBefore } from './operation.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'
import { type Enabled, enablement } from './trigger-definition.ts'

/** What a rule makes of a command. A rule for SELECT is a view, and `createView` makes it. */
export type RuleDefinition = {
  readonly event: 'insert' | 'update' | 'delete'
  /** Over NEW and OLD; it names no other table. */
  readonly where?: Sql
  /** Whether the commands run beside the original one (`also`, as it is where nothing is said) or take its place. */
  readonly do?: 'also' | 'instead'
  /** Each a SELECT, INSERT, UPDATE, DELETE or NOTIFY; none is DO NOTHING. */
  readonly commands: readonly Sql[]
}

/** A rule of a view is always enabled. */
type NewRule = RuleDefinition & { readonly enabled?: Enabled }
type Named = TableReference & { readonly name: string }

export type CreateRule = Named & NewRule
export type DropRule = Named & {
  /** What the rule was, so that it can be made again. */
  readonly was?: NewRule
}
export type ReplaceRule = Named &
  RuleDefinition & {
    /** What the rule was, so that it can be again. */
    readonly was?: RuleDefinition
  }
export type AlterRule = Named & {
  readonly enabled: Enabled
  /** When it fired before, so that the change can be undone. */
  readonly was?: { readonly enabled: Enabled }
}

/**
 * Creates a rule of a table or a view. Takes AccessExclusive on it for a moment; what the commands name is locked as if
 * they ran.
 * https://www.postgresql.org/docs/current/sql-createrule.html
 */
export const createRule: Operation<'createRule', CreateRule> = operation('createRule', {
  title: (fields) => `create rule ${fields.name} on ${fields.table}`,
  steps: (fields) => [statement(`CREATE ${ruleSql(fields)}`), ...enable(fields)],
  inverse: ({ schema, table, name, ...was }) => [dropRule({ ...inSchema({ schema }), table, name, was })],
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: 'CREATE TABLE users (id bigint, gone boolean)',
      fields: {
        table: 'users',
        name: 'users_keep',
        event: 'delete',
        where: { sql: ['OLD.id < ', ''], values: [100] },
        do: 'instead',
        commands: [],
      },
    },
    {
      given: 'CREATE TABLE users (id bigint, email text); CREATE TABLE log (id bigint, email text)',
      fields: {
        table: 'users',
        name: 'users_log',
        event: 'update',
        do: 'also',
        commands: [
          { sql: ['INSERT INTO log VALUES (OLD.id, ', ')'], values: ['was'] },
          { sql: ['NOTIFY users'], values: [] },
        ],
        enabled: 'replica',
      },
      locks: [
        { table: 'users', mode: 'AccessExclusive' },
        { table: 'log', mode: 'RowExclusive' },
      ],
    },
    {
      given: 'CREATE SCHEMA "My App"; CREATE TABLE t (a int); CREATE VIEW "My App"."V" AS SELECT a FROM t',
      fields: {
        schema: 'My App',
        table: 'V',
        name: 'The "rule"',
        event: 'insert',
        do: 'instead',
        commands: [{ sql: ['INSERT INTO t VALUES (NEW.a) RETURNING a'], values: [] }],
      },
      locks: [
        { schema: 'My App', table: 'V', mode: 'AccessExclusive' },
        { table: 't', mode: 'RowExclusive' },
      ],
    },
  ],
})

/**
 * Drops a rule. Takes AccessExclusive for a moment.
 * https://www.postgresql.org/docs/current/sql-droprule.html
 */
export const dropRule: Operation<'dropRule', DropRule> = operation('dropRule', {
  title: (fields) => `drop rule ${fields.name} on ${fields.table}`,
  steps: (fields) => [statement(`DROP RULE ${quoteIdentifier(fields.name)} ON ${tableName(fields)}`)],
  inverse({ was, ...named }) {
    if (was === undefined) return unknownBefore(`the rule ${named.name}`, 'dropRule')
    return [createRule({ ...named, ...was })]
  },
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint); CREATE RULE users_keep AS ON DELETE TO users DO INSTEAD NOTHING;
        ALTER TABLE users DISABLE RULE users_keep`,
      fields: {
        table: 'users',
        name: 'users_keep',
        was: { event: 'delete', do: 'instead', commands: [], enabled: false },
      },
    },
  ],
})

/**
 * Gives a rule a new definition. One that is disabled stays so. Takes AccessExclusive for a moment.
 * https://www.postgresql.org/docs/current/sql-createrule.html
 */
export const replaceRule: Operation<'replaceRule', ReplaceRule> = operation('replaceRule', {
  title: (fields) => `replace rule ${fields.name} on ${fields.table}`,
  steps: (fields) => [statement(`CREATE OR REPLACE ${ruleSql(fields)}`)],
  inverse({ schema, table, name, was, ...now }) {
    if (was === undefined) return unknownBefore(`the rule ${name}`, 'replaceRule')
    return [replaceRule({ ...inSchema({ schema }), table, name, ...was, was: now })]
  },
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint); CREATE RULE users_keep AS ON DELETE TO users DO ALSO NOTHING;
        ALTER TABLE users ENABLE ALWAYS RULE users_keep`,
      fields: {
        table: 'users',
        name: 'users_keep',
        event: 'delete',
        do: 'instead',
        commands: [],
        was: { event: 'delete', commands: [] },
      },
    },
  ],
})

/**
 * Says when a table's rule fires. Takes AccessExclusive for a moment.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const alterRule: Operation<'alterRule', AlterRule> = operation('alterRule', {
  title: (fields) => `${enablement(fields.enabled).toLowerCase()} rule ${fields.name} on ${fields.table}`,
  steps: (fields) => [enableRule(fields)],
  inverse({ was, enabled, ...named }) {
    if (was === undefined) return unknownBefore(`when the rule ${named.name} fired`, 'alterRule')
    return [alterRule({ ...named, ...was, was: { enabled } })]
  },
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given:
        'CREATE TABLE users (id bigint); CREATE RULE users_keep AS ON DELETE TO users DO INSTEAD NOTHING',
      fields: { table: 'users', name: 'users_keep', enabled: false, was: { enabled: true } },
    },
  ],
})

function ruleSql(fields: Named & RuleDefinition): string {
  return clauses(
    `RULE ${quoteIdentifier(fields.name)} AS ON ${fields.event.toUpperCase()} TO ${tableName(fields)}`,
    fields.where !== undefined && `WHERE ${inlineSql(fields.where)}`,
    `DO ${(fields.do ?? 'also').toUpperCase()}`,
    fields.commands.length === 0 ? 'NOTHING' : `(${fields.commands.map(inlineSql).join('; ')})`,
  )
}

function enable({ enabled = true, ...named }: CreateRule): readonly Step[] {
  return enabled === true ? [] : [enableRule({ ...named, enabled })]
}

function enableRule(rule: Named & { readonly enabled: Enabled }) {
  return statement(
    `ALTER TABLE ${tableName(rule)} ${enablement(rule.enabled, 'RULE')} ${quoteIdentifier(rule.name)}`,
  )
}
