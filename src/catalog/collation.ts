import { type CollationDefinition, type CreateCollation, createCollation } from '../operations/collation.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { placeOf } from './object-name.ts'
import { made } from './scope.ts'

type Found = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  readonly provider: 'c' | 'i' | 'b'
  readonly lc_collate: string | null
  readonly lc_ctype: string | null
  readonly locale: string | null
  readonly deterministic: boolean
  readonly rules: string | null
}

/** Without its version: that says with which one of the server's the indexes were built, and every server has its own. */
export const collation = objectKind<CreateCollation, Found>({
  kind: 'collation',
  traces: made('pg_collation'),
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_collation'::regclass::oid AS classid, o.oid AS objid, 0 AS objsubid, n.nspname AS schema, o.collname AS name, pg_collation_is_visible(o.oid) AS visible,
      o.collprovider::text AS provider, o.collcollate AS lc_collate, o.collctype AS lc_ctype, ${locale(major)} AS locale,
      o.collisdeterministic AS deterministic, ${major < 16 ? 'NULL' : 'o.collicurules'} AS rules
    FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_collation', 'o.oid')}
    ORDER BY n.nspname, o.collname`,
  read: (row, { inSchema }) => ({
    key: keyOf('collation', row.schema, row.name),
    reference: { ...placeOf(row, inSchema), collation: row.name },
    fields: { ...placeOf(row, inSchema), name: row.name, ...definitionOf(row) },
  }),
  create: (fields) => [createCollation(fields)],
  change: () => null,
})

/** Before PostgreSQL 15 the locale of one of ICU is in both columns of the C library's. */
function locale(major: number): string {
  if (major < 15) return 'o.collcollate'
  return major < 17 ? 'o.colliculocale' : 'o.colllocale'
}

function definitionOf(row: Found): CollationDefinition {
  const own = row.locale ?? ''
  if (row.provider === 'b') return { provider: 'builtin', locale: own }
  if (row.provider === 'i')
    return {
      provider: 'icu',
      locale: own,
      ...(row.deterministic ? {} : { deterministic: false }),
      ...(row.rules === null ? {} : { rules: row.rules }),
    }
  const [lcCollate, lcCtype] = [row.lc_collate ?? '', row.lc_ctype ?? '']
  return lcCollate === lcCtype ? { locale: lcCollate } : { lcCollate, lcCtype }
}
