import { isDeepStrictEqual } from 'node:util'
import { createDomain } from '../operations/domain.ts'
import { addDomainConstraint, validateDomainConstraint } from '../operations/domain-constraint.ts'
import { isOf, withFields } from '../operations/operation.ts'
import type { Sql } from '../sql/tag.ts'
import { keyOf, typeKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { placeOf } from './object-name.ts'
import { printedSql } from './printed.ts'
import { made } from './scope.ts'

type DomainConstraint = {
  readonly schema?: string
  readonly domain: string
  readonly name: string
  readonly expression: Sql
  /** Values that were there before it have not been looked at. */
  readonly notValid?: true
}

type Found = {
  readonly schema: string
  readonly domain: string
  /** Whether the bare name finds the domain. */
  readonly visible: boolean
  readonly name: string
  readonly expression: string
  readonly valid: boolean
}

/** A check of a domain. */
export const domainConstraint = objectKind<DomainConstraint, Found>({
  kind: 'domain constraint',
  traces: made('pg_type', "typtype = 'd'"),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_constraint'::regclass::oid AS classid, k.oid AS objid, 0 AS objsubid, n.nspname AS schema, t.typname AS domain, pg_type_is_visible(t.oid) AS visible,
      k.conname AS name, pg_get_expr(k.conbin, 0) AS expression, k.convalidated AS valid
    FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE k.contype = 'c' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_type', 't.oid')}
    ORDER BY n.nspname, t.typname, k.conname`,
  read({ schema, domain, visible, name, expression, valid }, { inSchema }) {
    const named = { ...placeOf({ schema, name: domain, visible }, inSchema), domain, name }
    return {
      key: keyOf('domain constraint', schema, domain, name),
      parent: typeKey(schema, domain),
      reference: { domainConstraint: named },
      fields: { ...named, expression: printedSql(expression), ...(valid ? {} : { notValid: true }) },
    }
  },
  create: ({ notValid, ...fields }, { ofNew }) => [
    addDomainConstraint({
      ...fields,
      ...(notValid === true ? { validation: 'never' } : ofNew ? { validation: 'now' } : {}),
    }),
  ],
  change(before, after) {
    const { expression: _, notValid, ...named } = after
    if (!isDeepStrictEqual(before.expression, after.expression)) return null
    return notValid === true ? null : [validateDomainConstraint(named)]
  },
  bearsChange: true,
  fold(into, { schema, domain, name, expression, notValid }) {
    if (!isOf(createDomain, into) || notValid === true) return null
    if (into.name !== domain || into.schema !== schema) return null
    return withFields(into, { checks: [...(into.checks ?? []), { name, expression }] })
  },
})
