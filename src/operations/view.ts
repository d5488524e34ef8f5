import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { type AtLeastOne, unsaid } from './change.ts'
import { needsOf, type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema, lockOn } from './relation.ts'
import {
  alterViewSql,
  type ViewChange,
  type ViewDefaults,
  type ViewDefinition,
  viewSql,
} from './view-definition.ts'
import { recreateViewSql } from './view-recreate.ts'

type Named = { readonly schema?: string; readonly name: string }

/** Everything about a view but its name. A temporary one lives as long as the session. */
type NewView = ViewDefinition & { readonly temporary?: boolean; readonly defaults?: ViewDefaults }

export type CreateView = Named & NewView

export type DropView = Named & {
  /** Takes along what depends on it, such as other views. */
  readonly cascade?: boolean
  /** What the view was, so that it can be made again. */
  readonly was?: NewView
}

export type ReplaceView = Named &
  ViewDefinition & {
    /**
     * CREATE OR REPLACE adds columns at the end and changes no other. Where that does not do, drops the view and creates it
     * anew, with its owner, privileges, comments, defaults, triggers and rules, and with the views on it. While something else
     * depends on the view, or a view on it needs a column that goes, PostgreSQL refuses, and nothing has changed.
     */
    readonly recreate?: boolean
    /** What the view was, so that it can be again. */
    readonly was?: ViewDefinition
  }

export type AlterView = Named &
  AtLeastOne<ViewChange> & {
    /** The same properties as they were, so that the change can be undone. */
    readonly was?: AtLeastOne<ViewChange>
  }

/**
 * Creates a view. What it reads is locked for reading, for a moment.
 * https://www.postgresql.org/docs/current/sql-createview.html
 */
export const createView: Operation<'createView', CreateView> = operation('createView', {
  title: (fields) => `create view ${fields.name}`,
  steps({ temporary, defaults = {}, ...view }: CreateView) {
    const create = statement(clauses('CREATE', temporary === true && 'TEMPORARY', viewSql(view)))
    if (Object.keys(defaults).length === 0) return [create]
    return [create, statement(alterViewSql({ ...inSchema(view), name: view.name, defaults }))]
  },
  inverse: ({ schema, name, ...was }: CreateView) => [dropView({ ...inSchema({ schema }), name, was })],
  needs: optionNeeds,
  locks: () => [],
  examples: [
    {
      given: 'CREATE TABLE users (id bigint, email text, active boolean)',
      fields: {
        name: 'active_users',
        query: { sql: ['SELECT id, email, active FROM users WHERE active'], values: [] },
        checkOption: 'local',
        securityBarrier: true,
        defaults: { active: true },
      },
      locks: [{ table: 'users', mode: 'AccessShare' }],
    },
    {
      given: 'CREATE SCHEMA "My App"; CREATE TABLE users (id bigint)',
      fields: {
        schema: 'My App',
        name: 'All users',
        columns: ['The "id"'],
        query: { sql: ['SELECT id FROM users WHERE id > ', ''], values: [-1] },
        checkOption: 'cascaded',
        securityInvoker: true,
      },
      locks: [{ table: 'users', mode: 'AccessShare' }],
    },
    {
      fields: {
        name: 'numbers',
        recursive: true,
        columns: ['n'],
        query: { sql: ['VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 100'], values: [] },
        securityBarrier: false,
      },
    },
    { fields: { name: 'scratch', temporary: true, query: { sql: ['SELECT 1 AS one'], values: [] } } },
  ],
})

/**
 * Drops a view; refused by PostgreSQL while another view or a function uses it, unless `cascade` says that they go too.
 * Its triggers, rules and privileges go with it. Takes AccessExclusive on the view for a moment.
 * https://www.postgresql.org/docs/current/sql-dropview.html
 */
export const dropView: Operation<'dropView', DropView> = operation('dropView', {
  title: (fields) => `drop view ${fields.name}`,
  steps: (fields) => [
    statement(clauses(`DROP VIEW ${qualifiedName(fields)}`, fields.cascade === true && 'CASCADE')),
  ],
  inverse({ was, cascade, ...named }) {
    if (cascade === true) return { irreversible: `What depended on the view ${named.name} is not known.` }
    if (was === undefined) return unknownBefore(`the view ${named.name}`, 'dropView')
    return [createView({ ...named, ...was })]
  },
  loses: (fields) => (fields.cascade === true ? [`everything that uses the view ${fields.name}`] : []),
  phase: () => 'contract',
  locks: (fields) => [lockOn({ ...inSchema(fields), table: fields.name }, 'AccessExclusive')],
  examples: [
    {
      given: 'CREATE TABLE users (id bigint); CREATE VIEW people AS SELECT id FROM users',
      fields: { name: 'people', was: { query: { sql: ['SELECT id FROM users'], values: [] } } },
    },
    {
      given: 'CREATE VIEW ones AS SELECT 1 AS one; CREATE VIEW more AS SELECT one FROM ones',
      fields: { name: 'ones', cascade: true },
      locks: [
        { table: 'ones', mode: 'AccessExclusive' },
        { table: 'more', mode: 'AccessExclusive' },
      ],
    },
  ],
})

/**
 * Gives a view a new query and new options; its owner, privileges, defaults, triggers and dependents stay. Undoing it says
 * `recreate`, since columns that were added can only be taken away so. Takes AccessExclusive on the view for a moment.
 * https://www.postgresql.org/docs/current/sql-createview.html
 */
export const replaceView: Operation<'replaceView', ReplaceView> = operation('replaceView', {
  title: (fields) => `replace view ${fields.name}`,
  steps: ({ was: _, recreate, ...view }: ReplaceView) => [
    statement(recreate === true ? recreateViewSql(view) : `CREATE OR REPLACE ${viewSql(view)}`),
  ],
  inverse({ schema, name, was, recreate: _, ...now }: ReplaceView) {
    if (was === undefined) return unknownBefore(`the view ${name}`, 'replaceView')
    return [replaceView({ ...inSchema({ schema }), name, ...was, recreate: true, was: now })]
  },
  needs: optionNeeds,
  phase: (fields) => (fields.recreate === true ? 'contract' : 'expand'),
  locks: (fields) => [lockOn({ ...inSchema(fields), table: fields.name }, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint, email text); CREATE VIEW people AS SELECT id FROM users;
        GRANT SELECT ON people TO PUBLIC`,
      fields: {
        name: 'people',
        query: { sql: ['SELECT id, email FROM users'], values: [] },
        was: { query: { sql: ['SELECT id FROM users'], values: [] } },
      },
      locks: [
        { table: 'people', mode: 'AccessExclusive' },
        { table: 'users', mode: 'AccessShare' },
      ],
    },
    {
      given: `CREATE TABLE users (id bigint, email text); CREATE VIEW people AS SELECT id, email FROM users;
        COMMENT ON VIEW people IS 'who they are'`,
      fields: {
        name: 'people',
        query: { sql: ['SELECT email, id::text FROM users'], values: [] },
        recreate: true,
        was: { query: { sql: ['SELECT id, email FROM users'], values: [] } },
      },
      locks: [
        { table: 'people', mode: 'AccessExclusive' },
        { table: 'users', mode: 'AccessShare' },
      ],
    },
  ],
})

/**
 * Changes a view's options, and the defaults of its columns. What is not named stays as it is. Takes AccessExclusive on
 * the view for a moment.
 * https://www.postgresql.org/docs/current/sql-alterview.html
 */
export const alterView: Operation<'alterView', AlterView> = operation('alterView', {
  title: (fields) => `alter view ${fields.name}`,
  steps: ({ was: _, ...change }) => [statement(alterViewSql(change))],
  inverse({ schema, name, was, ...change }: AlterView) {
    const missing = unsaid(change, was, { defaults: 1 })
    if (was === undefined || missing.length > 0) {
      return unknownBefore(`the ${missing.join(' and ')} of the view ${name}`, 'alterView')
    }
    return [alterView({ ...inSchema({ schema }), name, ...was, was: change })]
  },
  needs: optionNeeds,
  phase: ({ defaults = {} }) => (Object.values(defaults).includes(null) ? 'contract' : 'expand'),
  locks: (fields) => [lockOn({ ...inSchema(fields), table: fields.name }, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint, email text);
        CREATE VIEW people WITH (security_barrier) AS SELECT id, email FROM users WHERE id > 0 WITH LOCAL CHECK OPTION`,
      fields: {
        name: 'people',
        checkOption: 'cascaded',
        securityBarrier: null,
        defaults: { email: 'nobody', id: { sql: ['1 + 1'], values: [] } },
        was: { checkOption: 'local', securityBarrier: true, defaults: { email: null, id: null } },
      },
    },
    {
      given: 'CREATE VIEW ones AS SELECT 1 AS one',
      fields: { name: 'ones', securityInvoker: true, was: { securityInvoker: null } },
    },
  ],
})

function optionNeeds(fields: ViewChange) {
  return needsOf([fields.securityInvoker !== undefined, 'security_invoker in a view', 15])
}
