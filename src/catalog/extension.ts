import { type CreateExtension, createExtension } from '../operations/extension.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'

type Found = { readonly name: string; readonly schema: string }

/** Without its version: that is the server's affair, and rarely there on two servers alike. */
export const extension = objectKind<CreateExtension, Found>({
  kind: 'extension',
  query:
    () => `SELECT 'pg_extension'::regclass::oid AS classid, e.oid AS objid, 0 AS objsubid, extname AS name, nspname AS schema
    FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace WHERE extname <> 'plpgsql' ORDER BY extname`,
  read: ({ name, schema }, { inSchema }) => ({
    key: keyOf('extension', name),
    fields: { name, ...(schema === 'pg_catalog' ? {} : inSchema(schema)) },
    reference: { extension: name },
  }),
  create: (fields) => [createExtension(fields)],
  change: () => null,
})
