import { quoteLiteral } from '../sql/literal.ts'

/** Which objects are looked at: neither PostgreSQL's own, nor the ledger's, nor what an extension brought. */
export type Scope = {
  /** PostgreSQL's major version. */
  readonly major: number
  /** A condition on the name of a schema. */
  isOurs(schema: string): string
  /** A condition on an object: `ofNoExtension('pg_class', 'c.oid')`. */
  ofNoExtension(catalog: string, oid: string): string
}

/** Objects from here on were made after initdb (FirstNormalObjectId). */
export const firstUserOid = 16384

/** The condition on it: what PostgreSQL brings itself is most of each catalog. */
export const isUsers = (oid: string) => `${oid} >= ${firstUserOid}`

/** The rows of a catalog that PostgreSQL did not bring itself. */
export function made(catalog: string, condition?: string): string {
  return `${catalog} WHERE oid >= ${firstUserOid}${condition === undefined ? '' : ` AND ${condition}`}`
}

export function scopeOf({
  major,
  ledgerSchema,
}: {
  readonly major: number
  readonly ledgerSchema: string
}): Scope {
  return {
    major,
    isOurs: (schema) =>
      `${schema} !~ '^pg_' AND ${schema} NOT IN ('information_schema', ${quoteLiteral(ledgerSchema)})`,
    // By what is referenced, of which pg_depend has an index: all of it is never read for this.
    ofNoExtension: (catalog, oid) =>
      `${oid} NOT IN (SELECT objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND classid = '${catalog}'::regclass AND deptype = 'e')`,
  }
}
