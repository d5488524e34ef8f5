import type { ObjectName } from '../operations/object-name.ts'
import type { Reading } from './object-kind.ts'

/** The name of another object: its schema, its name, and whether the bare name finds it. */
export type NameRow = readonly [schema: string, name: string, visible: boolean]

type Named = {
  readonly catalog: string
  /** What the names of the catalog's columns begin with. */
  readonly prefix: string
  /** PostgreSQL's function that says whether the bare name finds it. */
  readonly visible: string
}

/** A `NameRow` of the object of this OID; null where there is none. */
const nameOf =
  ({ catalog, prefix, visible }: Named) =>
  (oid: string) =>
    `(SELECT json_build_array(place.nspname, named.${prefix}name, ${visible}(named.oid)) FROM ${catalog} named
      JOIN pg_namespace place ON place.oid = named.${prefix}namespace WHERE named.oid = ${oid})`

export const functionNameOf = nameOf({
  catalog: 'pg_proc',
  prefix: 'pro',
  visible: 'pg_function_is_visible',
})
export const operatorNameOf = nameOf({
  catalog: 'pg_operator',
  prefix: 'opr',
  visible: 'pg_operator_is_visible',
})
export const familyNameOf = nameOf({
  catalog: 'pg_opfamily',
  prefix: 'opf',
  visible: 'pg_opfamily_is_visible',
})

/** The shortest name that means the object: one of the same name that is found before it makes the schema needed. */
export function placeAndName(
  [schema, name, visible]: NameRow,
  inSchema: Reading['inSchema'],
): { readonly schema?: string; readonly name: string } {
  if (!visible) return { schema, name }
  return schema === 'pg_catalog' ? { name } : { ...inSchema(schema), name }
}

export function objectName(row: NameRow, inSchema: Reading['inSchema']): ObjectName {
  const named = placeAndName(row, inSchema)
  return named.schema === undefined ? named.name : named
}

/** A function as the operations say it that call the name `function`. */
export function functionReference(
  row: NameRow,
  inSchema: Reading['inSchema'],
): { readonly schema?: string; readonly function: string } {
  const { name, ...place } = placeAndName(row, inSchema)
  return { ...place, function: name }
}
