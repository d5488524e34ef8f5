import { isDeepStrictEqual } from 'node:util'
import { alterOperator, type CreateOperator, createOperator } from '../operations/operator.ts'
import { inSchema } from '../operations/relation.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { namedObjectOf, type ObjectNameRow, objectNameOf, objectNameRow } from './object-name.ts'
import { made } from './scope.ts'
import { typeName } from './type-name.ts'

type Found = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  readonly left: string | null
  readonly right: string
  readonly function: ObjectNameRow
  readonly commutator: ObjectNameRow | null
  readonly negator: ObjectNameRow | null
  readonly restrict: ObjectNameRow | null
  readonly join: ObjectNameRow | null
  readonly hashes: boolean
  readonly merges: boolean
}

/** Without shells, which wait for another to name what they are; and without those that stand behind their operand, which 14 has no more. */
export const operator = objectKind<CreateOperator, Found>({
  kind: 'operator',
  traces: made('pg_operator'),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_operator'::regclass::oid AS classid, o.oid AS objid, 0 AS objsubid, n.nspname AS schema, o.oprname AS name, pg_operator_is_visible(o.oid) AS visible,
      format_type(nullif(o.oprleft, 0), NULL) AS left, format_type(o.oprright, NULL) AS right, ${objectNameRow('function', 'o.oprcode')} AS function,
      ${objectNameRow('operator', 'o.oprcom')} AS commutator, ${objectNameRow('operator', 'o.oprnegate')} AS negator, ${objectNameRow('function', 'o.oprrest')} AS restrict,
      ${objectNameRow('function', 'o.oprjoin')} AS join, o.oprcanhash AS hashes, o.oprcanmerge AS merges
    FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
    WHERE o.oprcode <> 0 AND o.oprright <> 0 AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_operator', 'o.oid')}
    ORDER BY n.nspname, o.oprname, "left" NULLS FIRST, "right"`,
  read(row, { inSchema }) {
    const { schema, name, commutator, negator, restrict, join } = row
    const named = namedObjectOf([schema, name, row.visible], inSchema)
    const { name: _, ...place } = named
    const operands = {
      ...(row.left === null ? {} : { left: typeName(row.left) }),
      right: typeName(row.right),
    }
    return {
      key: `${keyOf('operator', schema)}.${name}(${Object.values(operands).join(', ')})`,
      reference: { ...place, operator: name, ...operands },
      fields: {
        ...named,
        ...operands,
        function: objectNameOf(row.function, inSchema),
        ...(commutator === null ? {} : { commutator: objectNameOf(commutator, inSchema) }),
        ...(negator === null ? {} : { negator: objectNameOf(negator, inSchema) }),
        ...(restrict === null ? {} : { restrict: objectNameOf(restrict, inSchema) }),
        ...(join === null ? {} : { join: objectNameOf(join, inSchema) }),
        ...(row.hashes ? { hashes: true } : {}),
        ...(row.merges ? { merges: true } : {}),
      },
    }
  },
  create: (fields) => [createOperator(fields)],
  /** What PostgreSQL lets be said of an operator that is there, from 17 on, it does not let be taken back. */
  change(before, after) {
    const { restrict: restrictBefore = null, join: joinBefore = null, ...old } = before
    const { restrict = null, join = null, ...now } = after
    if (!isDeepStrictEqual(old, now)) return null
    const { schema, name, left, right } = after
    return [
      alterOperator({
        ...inSchema({ schema }),
        name,
        ...(left === undefined ? {} : { left }),
        right,
        restrict,
        join,
        was: { restrict: restrictBefore, join: joinBefore },
      }),
    ]
  },
})
