import { type CreateOperatorClass, createOperatorClass } from '../operations/operator-class.ts'
import type {
  ClassFunction,
  ClassOperator,
  FamilyFunction,
  FamilyOperator,
} from '../operations/operator-member.ts'
import { keyOf } from './key.ts'
import { objectKind, type Reading } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow, placeOf } from './object-name.ts'
import { type MembersRow, memberColumns, membersOf } from './operator-members.ts'
import { made } from './scope.ts'
import { typeName } from './type-name.ts'

type Found = MembersRow & {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  readonly method: string
  readonly type: string
  readonly default: boolean
  readonly family: ObjectNameRow
  readonly storage: string | null
}

/** Its family is always named: that is an object of its own. */
export const operatorClass = objectKind<CreateOperatorClass, Found>({
  kind: 'operator class',
  traces: made('pg_opclass'),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_opclass'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, n.nspname AS schema, c.opcname AS name, pg_opclass_is_visible(c.oid) AS visible,
      m.amname AS method, format_type(c.opcintype, NULL) AS type, c.opcdefault AS default, ${objectNameRow('operator family', 'c.opcfamily')} AS family,
      format_type(nullif(c.opckeytype, 0), NULL) AS storage, ${memberColumns('pg_opclass', 'c.oid')}
    FROM pg_opclass c JOIN pg_namespace n ON n.oid = c.opcnamespace JOIN pg_am m ON m.oid = c.opcmethod
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_opclass', 'c.oid')} ORDER BY n.nspname, c.opcname, m.amname`,
  read: (row, { inSchema }) => ({
    key: keyOf(`operator class of ${row.method}`, row.schema, row.name),
    reference: { ...placeOf(row, inSchema), operatorClass: row.name, using: row.method },
    fields: {
      ...placeOf(row, inSchema),
      name: row.name,
      using: row.method,
      type: typeName(row.type),
      ...(row.default ? { default: true } : {}),
      family: objectNameOf(row.family, inSchema),
      ...partsOf(row, inSchema),
    },
  }),
  create: (fields) => [createOperatorClass(fields)],
  change: () => null,
})

type Parts = Pick<CreateOperatorClass, 'operators' | 'functions' | 'storage'>

/** PostgreSQL wants one of them at least: where a class has nothing of its own, it says that it stores what it indexes. */
function partsOf(row: Found, inSchema: Reading['inSchema']) {
  const type = typeName(row.type)
  const members = membersOf(row, inSchema)
  const operators = members.operators.map((member) => classOperator(member, type))
  const functions = members.functions.map((member) => classFunction(member, type))
  const storage = row.storage ?? (operators.length === 0 && functions.length === 0 ? row.type : null)
  const parts: Parts = {
    ...(operators.length === 0 ? {} : { operators }),
    ...(functions.length === 0 ? {} : { functions }),
    ...(storage === null ? {} : { storage: typeName(storage) }),
  }
  return parts as Parts & { readonly storage: string }
}

/** Without the operands where they are of the class's type. */
function classOperator(member: FamilyOperator, type: string): ClassOperator {
  const { left, right, ...others } = member
  return left === type && right === type ? others : member
}

/** As with operators; but where a function takes other types itself, PostgreSQL may go by these. */
function classFunction(member: FamilyFunction, type: string): ClassFunction {
  const { left, right, ...others } = member
  const [first = type] = member.arguments
  const goesByClass = [type, 'internal', 'oid'].includes(first)
  return left === type && right === type && goesByClass ? others : member
}
