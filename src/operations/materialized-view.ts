import { clauses } from '../sql/clauses.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { type AtLeastOne, unsaid } from './change.ts'
import {
  alterMaterializedViewSql,
  changeLock,
  changeNeeds,
  type MaterializedViewChange,
  type MaterializedViewColumns,
} from './materialized-view-change.ts'
import { type Operation, operation, type Step, statement, unknownBefore } from './operation.ts'
import { inSchema, lockOn } from './relation.ts'
import { parameterList, type StorageParameters } from './storage-parameters.ts'

type Named = { readonly schema?: string; readonly name: string }

/** Everything about a materialized view but its name and its indexes. */
export type MaterializedViewDefinition = {
  readonly query: Sql
  /** The names of the columns, where they are not those of the query. */
  readonly columns?: readonly string[]
  /** The table access method; `heap` unless the server says otherwise. */
  readonly using?: string
  readonly with?: StorageParameters
  readonly tablespace?: string
  /** false leaves it empty, and unreadable until it is refreshed. */
  readonly withData?: boolean
  /** What is set of its columns afterwards, by name. */
  readonly columnSettings?: MaterializedViewColumns
}

export type CreateMaterializedView = Named & MaterializedViewDefinition

export type DropMaterializedView = Named & {
  /** Takes along what depends on it, such as views. */
  readonly cascade?: boolean
  /** What the materialized view was, so that it can be made again; its indexes are operations of their own. */
  readonly was?: MaterializedViewDefinition
}

export type AlterMaterializedView = Named &
  AtLeastOne<MaterializedViewChange> & {
    /** The same properties as they were, so that the change can be undone. */
    readonly was?: AtLeastOne<MaterializedViewChange>
  }

export type RefreshMaterializedView = Named &
  (
    | {
        /**
         * Lets it be read meanwhile, and changes only the rows that differ. It has to be filled, and to have a unique index
         * on columns alone, without a WHERE.
         */
        readonly concurrently: true
        readonly withData?: true
      }
    | {
        readonly concurrently?: false
        /** false empties it, and it is unreadable until it is refreshed again. */
        readonly withData?: boolean
      }
  )

/**
 * Creates a materialized view and runs its query, which holds its locks for reading for as long as it takes.
 * https://www.postgresql.org/docs/current/sql-creatematerializedview.html
 */
export const createMaterializedView: Operation<'createMaterializedView', CreateMaterializedView> = operation(
  'createMaterializedView',
  {
    title: (fields) => `create materialized view ${fields.name}`,
    steps: (fields) => [statement(materializedViewSql(fields)), ...columnSteps(fields)],
    inverse: ({ schema, name, ...was }) => [dropMaterializedView({ ...inSchema({ schema }), name, was })],
    needs: (fields) => changeNeeds({ columnSettings: fields.columnSettings }),
    makes: (fields) => [{ ...inSchema(fields), table: fields.name }],
    locks: () => [],
    examples: [
      {
        given: 'CREATE TABLE users (id bigint, team bigint)',
        fields: {
          name: 'team_sizes',
          query: { sql: ['SELECT team, count(*) FROM users GROUP BY team'], values: [] },
        },
        locks: [{ table: 'users', mode: 'AccessShare' }],
      },
      {
        given: 'CREATE SCHEMA "My App"; CREATE TABLE users (id bigint, name text)',
        fields: {
          schema: 'My App',
          name: 'All users',
          columns: ['The "id"', 'name'],
          using: 'heap',
          with: { fillfactor: 70, 'toast.autovacuum_enabled': false, log_autovacuum_min_duration: -1 },
          tablespace: 'pg_default',
          query: { sql: ['SELECT id, name FROM users WHERE id > ', ''], values: [0] },
          withData: false,
          columnSettings: {
            'The "id"': { statistics: 500, options: { n_distinct: -0.5 } },
            name: { storage: 'external' },
          },
        },
        locks: [{ table: 'users', mode: 'AccessShare' }],
      },
    ],
  },
)

/**
 * Drops a materialized view and its indexes; refused by PostgreSQL while a view uses it, unless `cascade` says that they go
 * too. Takes AccessExclusive on it for a moment.
 * https://www.postgresql.org/docs/current/sql-dropmaterializedview.html
 */
export const dropMaterializedView: Operation<'dropMaterializedView', DropMaterializedView> = operation(
  'dropMaterializedView',
  {
    title: (fields) => `drop materialized view ${fields.name}`,
    steps: (fields) => [
      statement(
        clauses(`DROP MATERIALIZED VIEW ${qualifiedName(fields)}`, fields.cascade === true && 'CASCADE'),
      ),
    ],
    inverse({ was, cascade, ...named }) {
      const what = `the materialized view ${named.name}`
      if (cascade === true) return { irreversible: `What depended on ${what} is not known.` }
      if (was === undefined) return unknownBefore(what, 'dropMaterializedView')
      return [createMaterializedView({ ...named, ...was })]
    },
    loses: (fields) =>
      fields.cascade === true ? [`everything that uses the materialized view ${fields.name}`] : [],
    phase: () => 'contract',
    locks: (fields) => [lockOn({ ...inSchema(fields), table: fields.name }, 'AccessExclusive')],
    examples: [
      {
        given: 'CREATE MATERIALIZED VIEW ones AS SELECT 1 AS one',
        fields: { name: 'ones', was: { query: { sql: ['SELECT 1 AS one'], values: [] } } },
      },
      {
        given: 'CREATE MATERIALIZED VIEW ones AS SELECT 1 AS one; CREATE VIEW more AS SELECT one FROM ones',
        fields: { name: 'ones', cascade: true },
        locks: [
          { table: 'ones', mode: 'AccessExclusive' },
          { table: 'more', mode: 'AccessExclusive' },
        ],
      },
    ],
  },
)

/**
 * Changes how a materialized view and its columns are stored; what is not named stays as it is. Takes ShareUpdateExclusive,
 * or, for a column's storage and compression, the tablespace and the access method, AccessExclusive; the last two rewrite
 * it.
 * https://www.postgresql.org/docs/current/sql-altermaterializedview.html
 */
export const alterMaterializedView: Operation<'alterMaterializedView', AlterMaterializedView> = operation(
  'alterMaterializedView',
  {
    title: (fields) => `alter materialized view ${fields.name}`,
    steps: ({ was: _, ...change }) => [statement(alterMaterializedViewSql(change))],
    inverse({ schema, name, was, ...change }: AlterMaterializedView) {
      const missing = unsaid(change, was, { with: 1, columnSettings: 3 })
      if (was === undefined || missing.length > 0) {
        const what = `the ${missing.join(' and ')} of the materialized view ${name}`
        return unknownBefore(what, 'alterMaterializedView')
      }
      return [
        alterMaterializedView({
          ...inSchema({ schema }),
          name,
          ...was,
          was: change,
        }),
      ]
    },
    needs: changeNeeds,
    warns: (fields) =>
      fields.tablespace === undefined && fields.accessMethod === undefined
        ? []
        : [`${fields.name} is rewritten, and closed to readers meanwhile`],
    locks: (fields) => [lockOn({ ...inSchema(fields), table: fields.name }, changeLock(fields))],
    examples: [
      {
        given: `CREATE MATERIALIZED VIEW names WITH (fillfactor = 50) AS SELECT 1 AS id, 'a'::text AS name;
          CREATE UNIQUE INDEX names_id_key ON names (id)`,
        fields: {
          name: 'names',
          with: { fillfactor: null, autovacuum_enabled: false },
          clusterOn: 'names_id_key',
          columnSettings: { id: { statistics: 100, options: { n_distinct: 5 } } },
          was: {
            with: { fillfactor: 50, autovacuum_enabled: null },
            clusterOn: null,
            columnSettings: { id: { statistics: null, options: { n_distinct: null } } },
          },
        },
      },
      {
        given: `CREATE MATERIALIZED VIEW names AS SELECT 'a'::text AS name`,
        fields: {
          name: 'names',
          columnSettings: { name: { storage: 'external' } },
          was: { columnSettings: { name: { storage: 'extended' } } },
        },
      },
      {
        given: `CREATE MATERIALIZED VIEW names AS SELECT 'a'::text AS name`,
        fields: {
          name: 'names',
          columnSettings: { name: { compression: 'pglz' } },
          was: { columnSettings: { name: { compression: null } } },
        },
      },
      {
        given: `CREATE MATERIALIZED VIEW names AS SELECT 'a'::text AS name`,
        fields: { name: 'names', tablespace: 'pg_default', was: { tablespace: 'pg_default' } },
      },
      {
        given: `CREATE MATERIALIZED VIEW names AS SELECT 'a'::text AS name`,
        fields: { name: 'names', accessMethod: 'heap', was: { accessMethod: 'heap' } },
      },
    ],
  },
)

/**
 * Runs the query of a materialized view again. Plain, it takes AccessExclusive, so that nobody reads it meanwhile; with
 * `concurrently` it takes Exclusive, and readers go on with the old rows. Undoing it does nothing: the rows are what the
 * query says.
 * https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html
 */
export const refreshMaterializedView: Operation<'refreshMaterializedView', RefreshMaterializedView> =
  operation('refreshMaterializedView', {
    title: (fields) => `refresh materialized view ${fields.name}`,
    steps: (fields) => [
      statement(
        clauses(
          'REFRESH MATERIALIZED VIEW',
          fields.concurrently === true && 'CONCURRENTLY',
          qualifiedName(fields),
          fields.withData !== undefined && (fields.withData ? 'WITH DATA' : 'WITH NO DATA'),
        ),
        'own',
      ),
    ],
    inverse: () => [],
    warns: (fields) =>
      fields.concurrently === true || fields.withData === false
        ? []
        : [`${fields.name} is closed to readers while its query runs`],
    phase: (fields) => (fields.withData === false ? 'contract' : 'expand'),
    locks: (fields) => [
      lockOn(
        { ...inSchema(fields), table: fields.name },
        fields.concurrently === true ? 'Exclusive' : 'AccessExclusive',
      ),
    ],
    examples: [
      {
        given: `CREATE TABLE users (id bigint); CREATE MATERIALIZED VIEW people AS SELECT id FROM users;
          CREATE UNIQUE INDEX people_id_key ON people (id); INSERT INTO users VALUES (1)`,
        fields: { name: 'people', concurrently: true },
        locks: [
          { table: 'people', mode: 'Exclusive' },
          { table: 'users', mode: 'AccessShare' },
        ],
      },
      {
        given: 'CREATE MATERIALIZED VIEW ones AS SELECT 1 AS one WITH NO DATA',
        fields: { name: 'ones', withData: true },
        leaves: 'that it was filled is not forgotten',
      },
      {
        given: 'CREATE SCHEMA "My App"; CREATE MATERIALIZED VIEW "My App"."Ones" AS SELECT 1 AS one',
        fields: { schema: 'My App', name: 'Ones', withData: false },
        leaves: 'what was emptied is not filled again',
      },
    ],
  })

function materializedViewSql(fields: CreateMaterializedView): string {
  return clauses(
    `CREATE MATERIALIZED VIEW ${qualifiedName(fields)}`,
    fields.columns !== undefined && columnList(fields.columns),
    fields.using !== undefined && `USING ${quoteIdentifier(fields.using)}`,
    fields.with !== undefined && `WITH ${parameterList(fields.with)}`,
    fields.tablespace !== undefined && `TABLESPACE ${quoteIdentifier(fields.tablespace)}`,
    `AS ${inlineSql(fields.query)}`,
    fields.withData === false && 'WITH NO DATA',
  )
}

function columnSteps({ schema, name, columnSettings }: CreateMaterializedView): readonly Step[] {
  if (columnSettings === undefined) return []
  const change = { ...inSchema({ schema }), name, columnSettings }
  return [statement(alterMaterializedViewSql(change))]
}
