import { isDeepStrictEqual } from 'node:util'
import type { AtLeastOne } from '../operations/change.ts'
import type { Directive } from '../operations/operation.ts'
import {
  alterOperatorFamily,
  createOperatorFamily,
  type FamilyMembers,
} from '../operations/operator-family.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { placeOf } from './object-name.ts'
import { type MembersRow, memberColumns, membersOf } from './operator-members.ts'
import { made } from './scope.ts'

type Family = FamilyMembers & { readonly schema?: string; readonly name: string; readonly using: string }

type Found = MembersRow & {
  readonly schema: string
  readonly name: string
  readonly visible: boolean
  readonly method: string
}

/** With the members that are of no class of it: from 14 on those too that a class brought and does not need by itself. */
export const operatorFamily = objectKind<Family, Found>({
  kind: 'operator family',
  traces: made('pg_opfamily'),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_opfamily'::regclass::oid AS classid, y.oid AS objid, 0 AS objsubid, n.nspname AS schema, y.opfname AS name, pg_opfamily_is_visible(y.oid) AS visible,
      m.amname AS method, ${memberColumns('pg_opfamily', 'y.oid')}
    FROM pg_opfamily y JOIN pg_namespace n ON n.oid = y.opfnamespace JOIN pg_am m ON m.oid = y.opfmethod
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_opfamily', 'y.oid')} ORDER BY n.nspname, y.opfname, m.amname`,
  read({ schema, name, visible, method, ...row }, { inSchema }) {
    const place = placeOf({ schema, name, visible }, inSchema)
    const { operators, functions } = membersOf(row, inSchema)
    return {
      key: keyOf(`operator family of ${method}`, schema, name),
      reference: { ...place, operatorFamily: name, using: method },
      fields: {
        ...place,
        name,
        using: method,
        ...(operators.length === 0 ? {} : { operators }),
        ...(functions.length === 0 ? {} : { functions }),
      },
    }
  },
  create({ operators, functions, ...named }) {
    return [
      createOperatorFamily(named),
      ...alteration({ ...named }, { ...named, ...some(operators, functions) }),
    ]
  },
  change: alteration,
})

function some(operators: Family['operators'], functions: Family['functions']): FamilyMembers {
  return {
    ...(operators === undefined ? {} : { operators }),
    ...(functions === undefined ? {} : { functions }),
  }
}

/** What has to be added and dropped to come from the members of one to those of the other. */
function alteration(before: Family, after: Family): readonly Directive[] {
  const { operators: _, functions: __, ...named } = after
  const [add, drop] = [apart(after, before), apart(before, after)]
  if (add === null && drop === null) return []
  const change = { ...(add === null ? {} : { add }), ...(drop === null ? {} : { drop }) }
  return [alterOperatorFamily({ ...named, ...change } as Parameters<typeof alterOperatorFamily>[0])]
}

/** The members of one that the other has not, or has otherwise; null for none. */
function apart(one: FamilyMembers, other: FamilyMembers): AtLeastOne<FamilyMembers> | null {
  const operators = missing(one.operators, other.operators)
  const functions = missing(one.functions, other.functions)
  if (operators.length === 0) return functions.length === 0 ? null : { functions }
  return { operators, ...(functions.length === 0 ? {} : { functions }) }
}

function missing<Member>(some: readonly Member[] = [], others: readonly Member[] = []): readonly Member[] {
  return some.filter((one) => !others.some((other) => isDeepStrictEqual(one, other)))
}
