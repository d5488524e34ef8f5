import { alterTable, type ReplicaIdentity } from '../operations/alter-table.ts'
import { constraintKey, keyOf, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { made, type Scope } from './scope.ts'

type Named = { readonly schema?: string; readonly name: string }

type Found = {
  readonly schema: string
  readonly table: string
  readonly index: string | null
  /** Whether the index is that of a constraint. */
  readonly constraint: boolean
}

/** The index by which CLUSTER orders a table: said once it is there. */
export const clustering = objectKind<Named & { readonly clusterOn: string }, Found>({
  kind: 'clustering',
  traces: 'pg_index WHERE indisclustered',
  query: (scope) =>
    `SELECT ${columns} ${from} WHERE i.indisclustered AND ${tables(scope)} ORDER BY n.nspname, t.relname`,
  read: ({ schema, table, index, constraint }, { inSchema }) => ({
    key: keyOf('clustering', schema, table),
    parent: relationKey(schema, table),
    needs: [indexKey(schema, table, index ?? '', constraint)],
    fields: { ...inSchema(schema), name: table, clusterOn: index ?? '' },
  }),
  create: (fields) => [alterTable({ ...fields, was: { clusterOn: null } })],
  change: (before, after) => [alterTable({ ...after, was: { clusterOn: before.clusterOn } })],
})

/** How the rows of a table are named to replicas. */
export const replicaIdentity = objectKind<
  Named & { readonly replicaIdentity: ReplicaIdentity },
  Found & { readonly identity: 'f' | 'n' | 'i' }
>({
  kind: 'replica identity',
  traces: made('pg_class', "relreplident <> 'd'"),
  query: (scope) => `SELECT ${columns}, t.relreplident::text AS identity
    FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
    LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisreplident AND t.relreplident = 'i' LEFT JOIN pg_class c ON c.oid = i.indexrelid
    WHERE t.relreplident <> 'd' AND (t.relreplident <> 'i' OR c.oid IS NOT NULL) AND ${tables(scope)} ORDER BY n.nspname, t.relname`,
  read: ({ schema, table, index, constraint, identity }, { inSchema }) => ({
    key: keyOf('replica identity', schema, table),
    parent: relationKey(schema, table),
    ...(index === null ? {} : { needs: [indexKey(schema, table, index, constraint)] }),
    fields: {
      ...inSchema(schema),
      name: table,
      replicaIdentity: index !== null ? { index } : identity === 'f' ? 'full' : 'nothing',
    },
  }),
  create: (fields) => [alterTable({ ...fields, was: { replicaIdentity: 'default' } })],
  change: (before, after) => [alterTable({ ...after, was: { replicaIdentity: before.replicaIdentity } })],
})

const columns = `n.nspname AS schema, t.relname AS table, c.relname AS index,
  EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid AND contype IN ('p', 'u', 'x')) AS constraint`

const from = `FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace`

const tables = ({ isOurs, ofNoExtension }: Scope) =>
  `t.relkind IN ('r', 'p', 'm') AND t.relpersistence <> 't' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 't.oid')}`

function indexKey(schema: string, table: string, index: string, ofConstraint: boolean): string {
  return ofConstraint ? constraintKey(schema, table, index) : relationKey(schema, index)
}
