import { usualNotNullName } from '../not-null-name.ts'
import { firstUserOid } from '../scope.ts'

/** Stands in the queries for the name of the ledger's schema. */
export const ledger = ':ledger'

/** Schemas of users: neither PostgreSQL's own nor the ledger's. */
export const isOurs = (schema: string) =>
  `${schema} !~ '^pg_' AND ${schema} NOT IN ('information_schema', ${ledger})`

/** What an extension brought is shown by the extension's own line. */
export const ofNoExtension = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`

/** Privileges in one order, and the same whether they are the default or were granted in so many words. */
export const privileges = (acl: string, type: string, owner: string) =>
  `(SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C") FROM unnest(coalesce(${acl}, acldefault('${type}', ${owner}))) a)`

/** A column that not every major has. */
export const newer = (row: string, column: string) => `to_jsonb(${row}) ->> '${column}'`

export const sortedOptions = (options: string) =>
  `(SELECT string_agg(o, ',' ORDER BY o) FROM unnest(${options}) o)`

/** Stands in the queries for the name of a constraint. */
export const constraintName = ':constraint'

/** The name of a row k of pg_constraint, unless PostgreSQL has made it up for a NOT NULL. */
export const chosenName = `CASE WHEN k.contype <> 'n' OR k.conname !~ '${usualNotNullName}' THEN k.conname END`

/** The text of a row k of pg_constraint, of a relation c or none. */
export const constraint = (of: string) =>
  `format('constraint %s of %s: %s (type %s, valid %s, inherited %s %s)', quote_ident(${constraintName}),
  ${of}, pg_get_constraintdef(k.oid), k.contype, k.convalidated, k.coninhcount,
  CASE WHEN c.relispartition IS NOT TRUE THEN k.conislocal END)`

/** The text of a row i of pg_inherits, of a relation c. */
export const inheritance = `format('%s inherits from %s %s', i.inhrelid::regclass, i.inhparent::regclass, pg_get_expr(c.relpartbound, c.oid))`

/** The text of a row o of pg_description. */
export const comment = `format('comment on %s: %s', pg_describe_object(o.classoid, o.objoid, o.objsubid), o.description)`

export const commentIsOurs = `o.objoid >= ${firstUserOid}
  AND pg_describe_object(o.classoid, o.objoid, o.objsubid) <> 'schema ' || quote_ident(${ledger})
  AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = o.classoid AND e.objid = o.objoid AND e.deptype = 'e')`
