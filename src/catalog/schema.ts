import { createSchema } from '../operations/schema.ts'
import { schemaKey } from './key.ts'
import { objectKind } from './object-kind.ts'

/** `public` is there in every database. */
export const schema = objectKind<{ readonly name: string }, { readonly name: string }>({
  kind: 'schema',
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_namespace'::regclass::oid AS classid, n.oid AS objid, 0 AS objsubid, nspname AS name
    FROM pg_namespace n WHERE ${isOurs('nspname')} AND ${ofNoExtension('pg_namespace', 'n.oid')} ORDER BY nspname`,
  read: ({ name }) => ({ key: schemaKey(name), fields: { name }, reference: { schema: name } }),
  create: ({ name }) => [createSchema({ name })],
  change: () => [],
})
