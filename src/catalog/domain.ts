import { isDeepStrictEqual } from 'node:util'
import { alterDomain, type CreateDomain, createDomain, type DomainNotNull } from '../operations/domain.ts'
import { renameDomainConstraint } from '../operations/domain-constraint.ts'
import type { Directive } from '../operations/operation.ts'
import { inSchema } from '../operations/relation.ts'
import { relationKey, typeKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow, placeOf } from './object-name.ts'
import { printedSql } from './printed.ts'
import { renamable } from './renaming.ts'
import { made } from './scope.ts'
import { typeName } from './type-name.ts'

type Domain = Omit<CreateDomain, 'checks'>

type Found = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  readonly base_type: string
  readonly collation: ObjectNameRow | null
  readonly expression: string | null
  readonly not_null: boolean
  readonly not_null_name: string | null
}

/** A domain without its checks, which are objects of their own. */
export const domain = objectKind<Domain, Found>({
  kind: 'domain',
  traces: made('pg_type', "typtype = 'd'"),
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, n.nspname AS schema, t.typname AS name, pg_type_is_visible(t.oid) AS visible,
      format_type(t.typbasetype, t.typtypmod) AS base_type,
      CASE WHEN t.typcollation <> base.typcollation THEN ${objectNameRow('collation', 't.typcollation')} END AS collation,
      pg_get_expr(t.typdefaultbin, 0) AS expression, t.typnotnull AS not_null,
      ${major < 17 ? 'NULL' : "(SELECT conname FROM pg_constraint WHERE contypid = t.oid AND contype = 'n')"} AS not_null_name
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type base ON base.oid = t.typbasetype
    WHERE t.typtype = 'd' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_type', 't.oid')}
    ORDER BY n.nspname, t.typname`,
  read: (row, { inSchema }) => ({
    key: typeKey(row.schema, row.name),
    excludes: [relationKey(row.schema, row.name)],
    reference: { ...placeOf(row, inSchema), domain: row.name },
    fields: {
      ...placeOf(row, inSchema),
      name: row.name,
      type: typeName(row.base_type),
      ...(row.collation === null ? {} : { collation: objectNameOf(row.collation, inSchema) }),
      ...(row.expression === null ? {} : { default: printedSql(row.expression) }),
      ...(row.not_null ? { notNull: notNullOf(row) } : {}),
    },
  }),
  ...renamable<Domain>(),
  create: (fields) => [createDomain(fields)],
  change(before, after) {
    const { default: defaultBefore = null, notNull: notNullBefore = false, ...old } = before
    const { default: defaultAfter = null, notNull: notNullAfter = false, ...now } = after
    if (!isDeepStrictEqual(old, now)) return null
    const { schema, name } = after
    const named = { ...inSchema({ schema }), name }
    return [
      ...(isDeepStrictEqual(defaultBefore, defaultAfter)
        ? []
        : [alterDomain({ ...named, default: defaultAfter, was: { default: defaultBefore } })]),
      ...notNullChange(named, notNullBefore, notNullAfter),
    ]
  },
})

/** By its name only where that is not PostgreSQL's own. */
function notNullOf({ name, not_null_name: own }: Found): DomainNotNull {
  return own === null || own === `${name}_not_null` ? true : { name: own }
}

function notNullChange(
  named: { readonly schema?: string; readonly name: string },
  before: DomainNotNull,
  after: DomainNotNull,
): readonly Directive[] {
  if (isDeepStrictEqual(before, after)) return []
  if (before === false || after === false)
    return [alterDomain({ ...named, notNull: after, was: { notNull: before } })]
  const { name: domain, ...inSchema } = named
  const nameOf = (notNull: DomainNotNull) =>
    typeof notNull === 'object' ? notNull.name : `${domain}_not_null`
  return [renameDomainConstraint({ ...inSchema, domain, from: nameOf(before), to: nameOf(after) })]
}
