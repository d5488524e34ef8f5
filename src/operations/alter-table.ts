import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import {
  type Lock,
  type LockMode,
  needsOf,
  type Operation,
  operation,
  statement,
  unknownBefore,
} from './operation.ts'
import { phaseOfTable } from './phase.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'
import { alterParameters, type ParameterChanges } from './storage-parameters.ts'

/** How the rows of an UPDATE or DELETE are named to a logical replica: `index` is a unique one of NOT NULL columns. */
export type ReplicaIdentity = 'default' | 'full' | 'nothing' | { readonly index: string }

/** What may change of a table in one ALTER TABLE, besides its columns and constraints. */
export type TableProperties = {
  /** Nothing of an `unlogged` table is written ahead: it is fast, empty after a crash and not on replicas. */
  readonly persistence?: 'permanent' | 'unlogged'
  readonly tablespace?: string
  /** From PostgreSQL 15 on. */
  readonly accessMethod?: string
  readonly replicaIdentity?: ReplicaIdentity
  /** Whether policies say which rows are seen; without a policy none are. Not for the owner, unless it is forced. */
  readonly rowSecurity?: boolean
  readonly forceRowSecurity?: boolean
  /** Storage parameters; null resets one to its default. */
  readonly with?: ParameterChanges
  /** The index by which CLUSTER orders the table; null: none. */
  readonly clusterOn?: string | null
  /** The composite type that the table is of; null: it becomes a plain table. */
  readonly ofType?: { readonly schema?: string; readonly name: string } | null
}

export type AlterTable = { readonly schema?: string; readonly name: string } & TableProperties & {
    /** Tables to inherit from, whose columns it has already. */
    readonly inherit?: readonly TableReference[]
    /** Tables to inherit from no longer; what came from them stays as the table's own. */
    readonly noInherit?: readonly TableReference[]
    /** The same properties as they were, so that the change can be undone; `inherit` and `noInherit` undo each other. */
    readonly was?: TableProperties
  }

const properties = [
  'persistence',
  'tablespace',
  'accessMethod',
  'replicaIdentity',
  'rowSecurity',
  'forceRowSecurity',
  'with',
  'clusterOn',
  'ofType',
] as const

/**
 * Changes a table's properties in one ALTER TABLE. Takes AccessExclusive, or ShareUpdateExclusive where only storage
 * parameters and `clusterOn` change. Another persistence, tablespace or access method writes the whole table anew.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const alterTable: Operation<'alterTable', AlterTable> = operation('alterTable', {
  title: (fields) => `alter table ${fields.name}`,
  steps: (fields) => [statement(`ALTER TABLE ${qualifiedName(fields)} ${actions(fields).join(', ')}`)],
  inverse({ schema, name, inherit, noInherit, was = {}, ...now }) {
    const missing = unknownProperties(now, was)
    if (missing.length > 0) return unknownBefore(`the ${missing.join(' and ')} of ${name}`, 'alterTable')
    return [
      alterTable({
        ...inSchema({ schema }),
        name,
        ...was,
        ...(noInherit === undefined ? {} : { inherit: noInherit }),
        ...(inherit === undefined ? {} : { noInherit: inherit }),
        was: now,
      }),
    ]
  },
  needs: (fields) => needsOf([fields.accessMethod, 'SET ACCESS METHOD', 15]),
  warns({ name, persistence, tablespace, accessMethod }) {
    const rewritten = persistence !== undefined || accessMethod !== undefined
    return [
      ...(rewritten ? [`${name} is rewritten, and closed to readers meanwhile`] : []),
      ...(tablespace === undefined
        ? []
        : [`${name} is copied to the tablespace ${tablespace}, and closed to readers meanwhile`]),
    ]
  },
  phase: ({ name, schema, ...change }, isNew) =>
    change.rowSecurity === true || change.forceRowSecurity === true || change.noInherit !== undefined
      ? phaseOfTable({ ...inSchema({ schema }), table: name }, isNew)
      : 'expand',
  locks: (fields) => [
    lockOn({ ...inSchema(fields), table: fields.name }, ownLock(fields)),
    ...parentLocks(fields.inherit, 'ShareUpdateExclusive'),
    ...parentLocks(fields.noInherit, 'AccessShare'),
  ],
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      fields: {
        name: 'users',
        with: { fillfactor: 80, autovacuum_vacuum_scale_factor: 0.02 },
        clusterOn: 'users_pkey',
        was: { with: { fillfactor: null, autovacuum_vacuum_scale_factor: null }, clusterOn: null },
      },
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      fields: {
        name: 'users',
        replicaIdentity: 'full',
        rowSecurity: true,
        forceRowSecurity: true,
        was: { replicaIdentity: 'default', rowSecurity: false, forceRowSecurity: false },
      },
    },
    {
      given: 'CREATE UNLOGGED TABLE imported (id bigint)',
      fields: { name: 'imported', persistence: 'permanent', was: { persistence: 'unlogged' } },
    },
    {
      given: 'CREATE TABLE people (id bigint); CREATE TABLE users (id bigint, email text)',
      fields: { name: 'users', inherit: [{ table: 'people' }] },
    },
    {
      given: 'CREATE TYPE person AS (id bigint); CREATE TABLE people (id bigint)',
      fields: { name: 'people', ofType: { name: 'person' }, was: { ofType: null } },
    },
  ],
})

function actions(fields: AlterTable): readonly string[] {
  const { persistence, tablespace, accessMethod, replicaIdentity, rowSecurity, forceRowSecurity } = fields
  return [
    ...(fields.noInherit ?? []).map((parent) => `NO INHERIT ${tableName(parent)}`),
    ...(fields.inherit ?? []).map((parent) => `INHERIT ${tableName(parent)}`),
    fields.ofType !== undefined && (fields.ofType === null ? 'NOT OF' : `OF ${qualifiedName(fields.ofType)}`),
    persistence !== undefined && (persistence === 'permanent' ? 'SET LOGGED' : 'SET UNLOGGED'),
    accessMethod !== undefined && `SET ACCESS METHOD ${quoteIdentifier(accessMethod)}`,
    tablespace !== undefined && `SET TABLESPACE ${quoteIdentifier(tablespace)}`,
    ...alterParameters(fields.with ?? {}),
    fields.clusterOn !== undefined &&
      (fields.clusterOn === null ? 'SET WITHOUT CLUSTER' : `CLUSTER ON ${quoteIdentifier(fields.clusterOn)}`),
    replicaIdentity !== undefined && `REPLICA IDENTITY ${replicaIdentityText(replicaIdentity)}`,
    rowSecurity !== undefined && `${rowSecurity ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`,
    forceRowSecurity !== undefined && `${forceRowSecurity ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY`,
  ].filter((action) => action !== false)
}

function replicaIdentityText(identity: ReplicaIdentity): string {
  return typeof identity === 'string'
    ? identity.toUpperCase()
    : `USING INDEX ${quoteIdentifier(identity.index)}`
}

function unknownProperties(now: TableProperties, was: TableProperties): readonly string[] {
  const parameters = Object.keys(now.with ?? {}).filter((name) => was.with?.[name] === undefined)
  return [
    ...properties.filter((property) => now[property] !== undefined && was[property] === undefined),
    ...(was.with === undefined ? [] : parameters),
  ]
}

/** PostgreSQL asks for less where what changes is read by VACUUM, ANALYZE, CLUSTER and the planner alone. */
function ownLock(fields: AlterTable): LockMode {
  const mild = ['schema', 'name', 'was', 'with', 'clusterOn']
  const others = Object.entries(fields).filter(([name, value]) => value !== undefined && !mild.includes(name))
  const strict = fields.with !== undefined && 'user_catalog_table' in fields.with
  return others.length > 0 || strict ? 'AccessExclusive' : 'ShareUpdateExclusive'
}

function parentLocks(parents: readonly TableReference[] | undefined, mode: LockMode): readonly Lock[] {
  return (parents ?? []).map((parent) => lockOn(parent, mode))
}
