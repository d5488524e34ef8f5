import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import type { ColumnType } from './column-definition.ts'
import { type ObjectName, objectName } from './object-name.ts'
import type { ClassFunction, ClassOperator } from './operator-member.ts'

export type DroppedClass = {
  readonly schema?: string
  readonly name: string
  readonly using: string
  readonly type: ColumnType
  readonly family: ObjectName
  readonly operators?: readonly ClassOperator[]
  readonly functions?: readonly ClassFunction[]
}

/**
 * Drops a class and what it brought into its family. From PostgreSQL 14 on the family keeps what the class does not need
 * by itself (the operators of GiST, those between two types of btree), and the class could not be made again.
 */
export function dropOperatorClassSql(dropped: DroppedClass): string {
  const operators = (dropped.operators ?? []).map((member) =>
    dropMember(dropped, { ...typesOf(member, dropped.type), sort: 'op', number: member.strategy }),
  )
  const functions = (dropped.functions ?? []).map((member) =>
    dropMember(dropped, { ...typesOf(member, dropped.type), sort: 'proc', number: member.support }),
  )
  return doBlock(`
DECLARE
  family oid := ${familyOid(dropped)};
BEGIN
  DROP OPERATOR CLASS ${qualifiedName(dropped)} USING ${quoteIdentifier(dropped.using)};
${[...operators, ...functions].join('\n')}
END`)
}

type Member = {
  readonly sort: 'op' | 'proc'
  readonly number: number
  readonly left: ColumnType
  readonly right: ColumnType
}

function dropMember({ family, using }: DroppedClass, { sort, number, left, right }: Member): string {
  const [kind, key] = sort === 'op' ? ['OPERATOR', 'amopstrategy'] : ['FUNCTION', 'amprocnum']
  const types = `am${sort}lefttype = ${quoteLiteral(left)}::regtype AND am${sort}righttype = ${quoteLiteral(right)}::regtype`
  return `  IF EXISTS (SELECT FROM pg_catalog.pg_am${sort} WHERE am${sort}family = family AND ${key} = ${number} AND ${types}) THEN
    ALTER OPERATOR FAMILY ${objectName(family)} USING ${quoteIdentifier(using)} DROP ${kind} ${number} (${left}, ${right});
  END IF;`
}

function typesOf(member: ClassOperator | ClassFunction, type: ColumnType) {
  return member.left === undefined ? { left: type, right: type } : { left: member.left, right: member.right }
}

function familyOid({ family, using }: DroppedClass): string {
  const { schema, name } = typeof family === 'string' ? { name: family } : family
  const place =
    schema === undefined
      ? 'pg_opfamily_is_visible(f.oid)'
      : `opfnamespace = ${quoteLiteral(quoteIdentifier(schema))}::regnamespace`
  return `(SELECT f.oid FROM pg_catalog.pg_opfamily f JOIN pg_catalog.pg_am m ON m.oid = opfmethod
    WHERE amname = ${quoteLiteral(using)} AND opfname = ${quoteLiteral(name)} AND ${place})`
}
