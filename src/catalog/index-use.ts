import { alterTable } from '../operations/alter-table.ts'
import { constraintKey, keyOf, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'

type IndexUse = {
  readonly schema?: string
  readonly name: string
  readonly clusterOn?: string
  readonly replicaIdentity?: { readonly index: string }
}

type Found = {
  readonly schema: string
  readonly table: string
  readonly clustered: string | null
  readonly replica_identity: string | null
  /** Of these indexes, those that are of a constraint, by its name. */
  readonly constraints: readonly string[] | null
}

/** The indexes by which a table is clustered, and by which its rows are named to replicas: said once these are there. */
export const indexUse = objectKind<IndexUse, Found>({
  kind: 'use of an index',
  query: ({ isOurs, ofNoExtension }) => `SELECT n.nspname AS schema, t.relname AS table,
      max(c.relname) FILTER (WHERE i.indisclustered) AS clustered, max(c.relname) FILTER (WHERE i.indisreplident) AS replica_identity,
      array_agg(c.relname::text) FILTER (WHERE EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid AND contype IN ('p', 'u', 'x'))) AS constraints
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE (i.indisclustered OR i.indisreplident AND t.relreplident = 'i') AND t.relkind IN ('r', 'p', 'm') AND t.relpersistence <> 't'
      AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 't.oid')}
    GROUP BY n.nspname, t.relname ORDER BY n.nspname, t.relname`,
  read: ({ schema, table, clustered, replica_identity, constraints }, { inSchema }) => {
    const indexKey = (index: string) =>
      constraints?.includes(index) === true ? constraintKey(schema, table, index) : relationKey(schema, index)
    return {
      key: keyOf('use of indexes', schema, table),
      parent: relationKey(schema, table),
      needs: [clustered, replica_identity].filter((index) => index !== null).map(indexKey),
      fields: {
        ...inSchema(schema),
        name: table,
        ...(clustered === null ? {} : { clusterOn: clustered }),
        ...(replica_identity === null ? {} : { replicaIdentity: { index: replica_identity } }),
      },
    }
  },
  create: (fields) => [alteration({}, fields)],
  change: (before, after) => [alteration(before, after)],
})

function alteration(before: Partial<IndexUse>, { schema, name, ...after }: IndexUse) {
  return alterTable({
    ...(schema === undefined ? {} : { schema }),
    name,
    ...uses(after),
    was: uses(before),
  })
}

function uses({ clusterOn, replicaIdentity }: Partial<IndexUse>) {
  return { clusterOn: clusterOn ?? null, replicaIdentity: replicaIdentity ?? ('default' as const) }
}
