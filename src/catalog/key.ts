/**
 * What an object is known by from one database to another: never its OID. Objects that cannot both be there have one key, as a
 * table and a view of the same name have. People read it too: `column app.users.email`.
 */
export function keyOf(kind: string, ...names: readonly string[]): string {
  return `${kind} ${names.map(readable).join('.')}`
}

export const schemaKey = (schema: string) => keyOf('schema', schema)
/** A table, view, sequence, index or composite type: they share their names. */
export const relationKey = (schema: string, name: string) => keyOf('relation', schema, name)
/** An enum, domain or range: they share their names with each other, and with relations that have rows; not with an index. */
export const typeKey = (schema: string, name: string) => keyOf('type', schema, name)
export const columnKey = (schema: string, table: string, name: string) => keyOf('column', schema, table, name)
export const constraintKey = (schema: string, table: string, name: string) =>
  keyOf('constraint', schema, table, name)

export const ownerKey = (of: string) => `owner of ${of}`
export const privilegeKey = (grantee: string, on: string) => `privileges of ${grantee} on ${on}`
export const withheldPrivilegeKey = (grantee: string, on: string) =>
  `privileges withheld from ${grantee} on ${on}`
/** All that may be said of what a role may do with an object. */
export const privilegeKeys = (grantee: string, on: string) => [
  privilegeKey(grantee, on),
  withheldPrivilegeKey(grantee, on),
]

/** As PostgreSQL prints a name: quoted where it has to be, so that two names are never one. */
function readable(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}
