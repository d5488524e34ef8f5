import { isDeepStrictEqual } from 'node:util'
import {
  addEnumValues,
  type CreateEnum,
  createEnum,
  type EnumValue,
  renameEnumValue,
  replaceEnum,
} from '../operations/enum.ts'
import { relationKey, typeKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { placeOf } from './object-name.ts'
import { renamable } from './renaming.ts'
import { made } from './scope.ts'

type Found = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  readonly labels: readonly string[] | null
}

export const enumType = objectKind<CreateEnum, Found>({
  kind: 'enum',
  traces: made('pg_type', "typtype = 'e'"),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, n.nspname AS schema, t.typname AS name, pg_type_is_visible(t.oid) AS visible,
      (SELECT array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid) AS labels
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'e' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_type', 't.oid')}
    ORDER BY n.nspname, t.typname`,
  read: (row, { inSchema }) => ({
    key: typeKey(row.schema, row.name),
    excludes: [relationKey(row.schema, row.name)],
    reference: { ...placeOf(row, inSchema), type: row.name },
    fields: { ...placeOf(row, inSchema), name: row.name, values: row.labels ?? [] },
  }),
  ...renamable<CreateEnum>(),
  create: (fields) => [createEnum(fields)],
  labels({ values: before }, { values: after, ...named }) {
    const gone = before.filter((label) => !after.includes(label))
    const come = after.filter((label) => !before.includes(label))
    return gone.flatMap((from) =>
      come.map((to) => ({
        from,
        to,
        inPlace: before.length === after.length && before.indexOf(from) === after.indexOf(to),
        directives: [renameEnumValue({ ...named, from, to })],
      })),
    )
  },
  /** What becomes of rows with a label that goes, nobody knows: that is written by hand. */
  change({ values: before }, after) {
    const { values, ...named } = after
    if (!keepsLabels(before, values)) return [replaceEnum({ ...named, values, was: { values: before } })]
    return [addEnumValues({ ...named, values: additions(before, values) })]
  },
  // Columns are made over by what replaces it.
  disturbs: ({ values: before }, { values: after }) => (keepsLabels(before, after) ? false : 'but rows'),
})

/** Whether all labels are there still, in the same order. */
function keepsLabels(before: readonly string[], after: readonly string[]): boolean {
  return isDeepStrictEqual(
    after.filter((label) => before.includes(label)),
    before,
  )
}

/** Each new label behind the one that it follows, which is there by then. */
function additions(before: readonly string[], after: readonly string[]): readonly EnumValue[] {
  const lastOld = after.findLastIndex((label) => before.includes(label))
  const [first] = before
  return after.flatMap((value, at): readonly EnumValue[] => {
    if (before.includes(value)) return []
    if (at > lastOld) return [value]
    const previous = after[at - 1]
    if (previous !== undefined) return [{ value, after: previous }]
    return first === undefined ? [value] : [{ value, before: first }]
  })
}
