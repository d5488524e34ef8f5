import { type CreateRangeType, createRangeType } from '../operations/range-type.ts'
import { relationKey, typeKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow, placeOf } from './object-name.ts'
import { made } from './scope.ts'
import { typeName } from './type-name.ts'

type Found = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  readonly subtype: string
  readonly operator_class: ObjectNameRow | null
  readonly collation: ObjectNameRow | null
  readonly canonical: ObjectNameRow | null
  readonly difference: ObjectNameRow | null
  readonly multirange: ObjectNameRow | null
}

/** With its multirange type, which has a name of its own only where that is not the one that PostgreSQL makes of the range's. */
export const rangeType = objectKind<CreateRangeType, Found>({
  kind: 'range type',
  traces: made('pg_type', "typtype = 'r'"),
  query: ({
    major,
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, n.nspname AS schema, t.typname AS name, pg_type_is_visible(t.oid) AS visible,
      format_type(r.rngsubtype, NULL) AS subtype,
      CASE WHEN NOT oc.opcdefault THEN ${objectNameRow('operator class', 'oc.oid')} END AS operator_class,
      CASE WHEN r.rngcollation <> sub.typcollation THEN ${objectNameRow('collation', 'r.rngcollation')} END AS collation,
      ${objectNameRow('function', 'r.rngcanonical')} AS canonical, ${objectNameRow('function', 'r.rngsubdiff')} AS difference,
      ${major < 14 ? 'NULL' : unlessDerived} AS multirange
    FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_type sub ON sub.oid = r.rngsubtype JOIN pg_opclass oc ON oc.oid = r.rngsubopc
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_type', 't.oid')}
    ORDER BY n.nspname, t.typname`,
  read: (row, { inSchema }) => {
    const name = (of: ObjectNameRow) => objectNameOf(of, inSchema)
    return {
      key: typeKey(row.schema, row.name),
      excludes: [relationKey(row.schema, row.name)],
      reference: { ...placeOf(row, inSchema), type: row.name },
      fields: {
        ...placeOf(row, inSchema),
        name: row.name,
        subtype: typeName(row.subtype),
        ...(row.operator_class === null ? {} : { subtypeOperatorClass: name(row.operator_class) }),
        ...(row.collation === null ? {} : { collation: name(row.collation) }),
        ...(row.canonical === null ? {} : { canonical: name(row.canonical) }),
        ...(row.difference === null ? {} : { subtypeDiff: name(row.difference) }),
        ...(row.multirange === null ? {} : { multirangeTypeName: name(row.multirange) }),
      },
    }
  },
  // Its constructors would keep the old name, and so it has to be made anew under another.
  create: (fields) => [createRangeType(fields)],
  change: () => null,
})

/** PostgreSQL puts `multi` before the first `range` in the name, or `_multirange` behind it, and cuts it to what a name may have. */
const unlessDerived = `(SELECT CASE WHEN m.typnamespace <> t.typnamespace OR m.typname <>
      CASE WHEN strpos(t.typname, 'range') > 0 THEN overlay(t.typname::text PLACING 'multi' FROM strpos(t.typname, 'range') FOR 0)::name
        ELSE (left(t.typname, 52) || '_multirange')::name END
    THEN ${objectNameRow('type', 'm.oid')} END FROM pg_type m WHERE m.oid = r.rngmultitypid)`
