import type { ObjectName } from '../operations/object-name.ts'
import type { Reading } from './object-kind.ts'

/** Where an object is, and whether its bare name is enough for PostgreSQL to find it. */
export type ObjectNameRow = readonly [schema: string, name: string, visible: boolean]

/** Catalogs of objects that others are made with, with the columns that say their name and schema. */
const catalogs = {
  collation: ['pg_collation', 'collname', 'collnamespace', 'pg_collation_is_visible'],
  function: ['pg_proc', 'proname', 'pronamespace', 'pg_function_is_visible'],
  operator: ['pg_operator', 'oprname', 'oprnamespace', 'pg_operator_is_visible'],
  'operator class': ['pg_opclass', 'opcname', 'opcnamespace', 'pg_opclass_is_visible'],
  'operator family': ['pg_opfamily', 'opfname', 'opfnamespace', 'pg_opfamily_is_visible'],
  'text search dictionary': ['pg_ts_dict', 'dictname', 'dictnamespace', 'pg_ts_dict_is_visible'],
  'text search parser': ['pg_ts_parser', 'prsname', 'prsnamespace', 'pg_ts_parser_is_visible'],
  'text search template': ['pg_ts_template', 'tmplname', 'tmplnamespace', 'pg_ts_template_is_visible'],
  type: ['pg_type', 'typname', 'typnamespace', 'pg_type_is_visible'],
} as const

/** An ObjectNameRow of the object that an OID is of; NULL where there is none. */
export function objectNameRow(kind: keyof typeof catalogs, oid: string): string {
  const [catalog, name, schema, isVisible] = catalogs[kind]
  return `(SELECT json_build_array(n.nspname, named.${name}, ${isVisible}(named.oid))
    FROM ${catalog} named JOIN pg_namespace n ON n.oid = named.${schema} WHERE named.oid = ${oid})`
}

/** Without its schema where that is PostgreSQL's own or the one in which objects are made, and no other object is found by the name. */
export function objectNameOf(row: ObjectNameRow, inSchema: Reading['inSchema']): ObjectName {
  const named = namedObjectOf(row, inSchema)
  return named.schema === undefined ? named.name : named
}

/** The same where the schema is a field beside others. */
export function namedObjectOf(
  [schema, name, visible]: ObjectNameRow,
  inSchema: Reading['inSchema'],
): { readonly schema?: string; readonly name: string } {
  const isNear = schema === 'pg_catalog' || inSchema(schema).schema === undefined
  return isNear && visible ? { name } : { schema, name }
}

/** The schema of an object of which a row tells, where the bare name would not find it: public may have another `simple` than pg_catalog. */
export function placeOf(
  { schema, name, visible }: { readonly schema: string; readonly name: string; readonly visible: boolean },
  inSchema: Reading['inSchema'],
): { readonly schema?: string } {
  const { name: _, ...place } = namedObjectOf([schema, name, visible], inSchema)
  return place
}

/** The same where the name is a field `function`. */
export function functionReferenceOf(
  row: ObjectNameRow,
  inSchema: Reading['inSchema'],
): { readonly schema?: string; readonly function: string } {
  const { name, ...place } = namedObjectOf(row, inSchema)
  return { ...place, function: name }
}
