import type { FamilyFunction, FamilyOperator } from '../operations/operator-member.ts'
import type { Reading } from './object-kind.ts'
import { namedObjectOf, type ObjectNameRow, objectNameOf, objectNameRow } from './object-name.ts'
import { typeNamesOf } from './routine.ts'
import { typeName } from './type-name.ts'

/** An operator or a function of an operator family. */
type MemberRow = { readonly number: number; readonly left: string; readonly right: string }
type OperatorRow = MemberRow & { readonly operator: ObjectNameRow; readonly order_by: ObjectNameRow | null }
type FunctionRow = MemberRow & {
  readonly function: ObjectNameRow
  readonly arguments: readonly string[] | null
}

export type MembersRow = {
  readonly operators: readonly OperatorRow[] | null
  readonly functions: readonly FunctionRow[] | null
}

/** The members that go with an object: an operator class, or a family with what is of no class of it. */
export const memberColumns = (
  catalog: 'pg_opclass' | 'pg_opfamily',
  oid: string,
) => `(SELECT json_agg(json_build_object('number', o.amopstrategy, ${operands('o.amop')},
    'operator', ${objectNameRow('operator', 'o.amopopr')}, 'order_by', ${objectNameRow('operator family', 'o.amopsortfamily')}) ORDER BY ${order('o.amop', 'strategy')})
  FROM pg_amop o WHERE o.oid IN (${goingWith('pg_amop', catalog, oid)})) AS operators,
  (SELECT json_agg(json_build_object('number', f.amprocnum, ${operands('f.amproc')},
    'function', ${objectNameRow('function', 'f.amproc')}, 'arguments', ${typeNamesOf('p.proargtypes::oid[]')}) ORDER BY ${order('f.amproc', 'num')})
  FROM pg_amproc f JOIN pg_proc p ON p.oid = f.amproc WHERE f.oid IN (${goingWith('pg_amproc', catalog, oid)})) AS functions`

const operands = (prefix: string) =>
  `'left', format_type(${prefix}lefttype, NULL), 'right', format_type(${prefix}righttype, NULL)`

const order = (prefix: string, number: string) =>
  `format_type(${prefix}lefttype, NULL), format_type(${prefix}righttype, NULL), ${prefix}${number}`

const goingWith = (member: string, catalog: string, oid: string) =>
  `SELECT objid FROM pg_depend WHERE classid = '${member}'::regclass AND refclassid = '${catalog}'::regclass AND refobjid = ${oid} AND deptype IN ('i', 'a')`

/** Every member with its operands. */
export function membersOf(
  { operators, functions }: MembersRow,
  inSchema: Reading['inSchema'],
): { readonly operators: readonly FamilyOperator[]; readonly functions: readonly FamilyFunction[] } {
  return {
    operators: (operators ?? []).map(({ number, operator, order_by, left, right }) => ({
      strategy: number,
      operator: objectNameOf(operator, inSchema),
      left: typeName(left),
      right: typeName(right),
      ...(order_by === null ? {} : { orderBy: objectNameOf(order_by, inSchema) }),
    })),
    functions: (functions ?? []).map(({ number, function: called, arguments: types, left, right }) => {
      const { name, ...place } = namedObjectOf(called, inSchema)
      return {
        support: number,
        ...place,
        function: name,
        left: typeName(left),
        right: typeName(right),
        arguments: (types ?? []).map(typeName),
      }
    }),
  }
}
