import { setComment } from '../operations/comment.ts'
import type { ObjectReference } from '../operations/object-reference.ts'
import { constraintKey, relationKey } from './key.ts'
import { objectKind, type Reading } from './object-kind.ts'
import { firstUserOid } from './scope.ts'

type Comment = { readonly on: ObjectReference; readonly comment: string }

type Found = {
  readonly of_class: number
  readonly of_object: number
  readonly of_part: number
  readonly comment: string
  /** Of a column or an index, where it is. */
  readonly schema: string | null
  readonly relation: string | null
  readonly column: string | null
  /** The table of an index. */
  readonly table: string | null
}

/** A comment on anything that is an object here, on a column of what has columns, or on the index of a constraint; but for those that extensions bring. */
export const comment = objectKind<Comment, Found>({
  kind: 'comment',
  query:
    () => `SELECT d.classoid AS of_class, d.objoid AS of_object, d.objsubid AS of_part, d.description AS comment,
      n.nspname AS schema, c.relname AS relation, a.attname AS column, t.relname AS table
    FROM pg_description d LEFT JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid
    LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
    LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class t ON t.oid = i.indrelid
    LEFT JOIN pg_extension e ON d.classoid = 'pg_extension'::regclass AND e.oid = d.objoid
    LEFT JOIN pg_available_extensions() available ON available.name = e.extname
    WHERE d.objoid >= ${firstUserOid} AND available.comment IS DISTINCT FROM d.description OR d.classoid = 'pg_namespace'::regclass AND d.objoid = to_regnamespace('public') AND d.description <> 'standard public schema'
    ORDER BY d.classoid, n.nspname, c.relname, d.objsubid, d.description`,
  read(row, reading) {
    const target = targetOf(row, reading)
    if (target === null) return null
    return {
      key: `comment on ${target.key}`,
      parent: target.parent,
      fields: { on: target.reference, comment: row.comment },
    }
  },
  create: (fields) => [setComment({ ...fields, was: null })],
  change: (before, after) => [setComment({ ...after, was: before.comment })],
  bearsChange: true,
})

type Target = { readonly key: string; readonly parent: string; readonly reference: ObjectReference }

function targetOf(row: Found, { at, inSchema }: Reading): Target | null {
  const object = at({ classid: row.of_class, objid: row.of_object, objsubid: row.of_part })
  if (object !== undefined) {
    const { key, reference } = object
    return reference === undefined ? null : { key, parent: key, reference }
  }
  const { schema, relation, column, table } = row
  if (schema === null || relation === null) return null
  if (column !== null) {
    const parent = relationKey(schema, relation)
    if (at({ classid: row.of_class, objid: row.of_object, objsubid: 0 }) === undefined) return null
    const reference = { column: { ...inSchema(schema), table: relation, name: column } }
    return { key: `${parent}, column ${column}`, parent, reference }
  }
  if (table === null) return null
  const parent = constraintKey(schema, table, relation)
  return { key: `the index of ${parent}`, parent, reference: { ...inSchema(schema), index: relation } }
}
