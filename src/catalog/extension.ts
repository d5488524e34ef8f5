import { alterExtension, type CreateExtension, createExtension } from '../operations/extension.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'

type Found = { readonly name: string; readonly schema: string; readonly version: string | null }

/** Its version is only said where it is none that the server would take by itself. */
export const extension = objectKind<CreateExtension, Found>({
  kind: 'extension',
  query:
    () => `SELECT 'pg_extension'::regclass::oid AS classid, e.oid AS objid, 0 AS objsubid, extname AS name, nspname AS schema,
      CASE WHEN extversion <> a.default_version THEN extversion END AS version
    FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace
    LEFT JOIN pg_available_extensions() a ON a.name = extname WHERE extname <> 'plpgsql' ORDER BY extname`,
  read: ({ name, schema, version }, { inSchema }) => ({
    key: keyOf('extension', name),
    fields: {
      name,
      ...(schema === 'pg_catalog' ? {} : inSchema(schema)),
      ...(version === null ? {} : { version }),
    },
    reference: { extension: name },
  }),
  create: (fields) => [createExtension(fields)],
  change(before, after) {
    if (before.schema !== after.schema) return null
    const { name, version } = after
    return [
      alterExtension({
        name,
        ...(version === undefined ? {} : { version }),
        ...(before.version === undefined ? {} : { was: { version: before.version } }),
      }),
    ]
  },
})
