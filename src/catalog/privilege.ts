import type { ObjectReference } from '../operations/object-reference.ts'
import type { Directive } from '../operations/operation.ts'
import { type Grant, grant, type Revoke, revoke } from '../operations/privilege.ts'
import type { Grantee } from '../operations/role.ts'
import { ownerKey, privilegeKey, withheldPrivilegeKey } from './key.ts'
import { objectKind, type ReadObject } from './object-kind.ts'
import { type Held, heldChange, type Privilege } from './privilege-change.ts'
import { firstUserOid } from './scope.ts'

type Granted = Held & { readonly on: ObjectReference; readonly to: Grantee }

type Withheld = {
  readonly on: ObjectReference
  readonly from: Grantee
  readonly privileges: readonly Privilege[]
}

type Found = {
  readonly of_class: number
  readonly of_object: number
  readonly grantee: string
  readonly privileges: readonly string[] | null
  readonly grantable: readonly string[] | null
  /** Of some columns only. */
  readonly of_columns: ColumnPrivileges | null
  readonly grantable_of_columns: ColumnPrivileges | null
  /** The numbers of these columns, each privilege's by themselves. */
  readonly columns: readonly (readonly number[])[] | null
}

type ColumnPrivileges = { readonly [privilege: string]: readonly string[] }

/** The catalogs of what has privileges, with the letter by which acldefault knows them. */
const guarded: readonly (readonly [catalog: string, acl: string, owner: string, letter: string])[] = [
  ['pg_namespace', 'nspacl', 'nspowner', "'n'"],
  ['pg_class', 'relacl', 'relowner', "CASE WHEN relkind = 'S' THEN 's' ELSE 'r' END"],
  ['pg_type', 'typacl', 'typowner', "'T'"],
  ['pg_proc', 'proacl', 'proowner', "'f'"],
  ['pg_language', 'lanacl', 'lanowner', "'l'"],
  ['pg_foreign_data_wrapper', 'fdwacl', 'fdwowner', "'F'"],
  ['pg_foreign_server', 'srvacl', 'srvowner', "'S'"],
]

/** Every object that has other privileges than it has by itself. */
const objects = guarded
  .map(
    ([catalog, acl, owner, letter]) =>
      `SELECT '${catalog}'::regclass::oid AS of_class, oid AS of_object, ${acl} AS acl, acldefault((${letter})::"char", ${owner}) AS usual
      FROM ${catalog} WHERE ${acl} IS NOT NULL AND (oid >= ${firstUserOid} OR oid = to_regnamespace('public'))`,
  )
  .join('\n    UNION ALL ')

const roleName = (oid: string) => `CASE ${oid} WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(${oid}) END`

const some = (grantable: boolean, ofColumns: boolean) =>
  `${ofColumns ? 'json_object_agg(privilege, of_columns)' : 'array_agg(privilege ORDER BY privilege)'}
      FILTER (WHERE is_grantable = ${grantable} AND of_columns IS ${ofColumns ? 'NOT ' : ''}NULL)`

/** What a role may do that it may not by itself, on one object. */
export const privilege = objectKind<Granted, Found>({
  kind: 'privilege',
  about: 'privileges',
  query: () => `WITH objects AS (${objects}), granted AS (
      SELECT of_class, of_object, NULL::name AS attname, NULL::int AS attnum, a.* FROM objects CROSS JOIN LATERAL (
        SELECT grantee, privilege_type, is_grantable FROM aclexplode(acl)
        EXCEPT SELECT grantee, privilege_type, is_grantable FROM aclexplode(usual)) a
      UNION ALL
      SELECT 'pg_class'::regclass::oid, attrelid, attname, attnum, grantee, privilege_type, is_grantable
      FROM pg_attribute CROSS JOIN LATERAL aclexplode(attacl) WHERE attacl IS NOT NULL AND attrelid >= ${firstUserOid} AND NOT attisdropped),
    together AS (SELECT of_class, of_object, grantee, lower(privilege_type) AS privilege, is_grantable,
        json_agg(attname ORDER BY attname) FILTER (WHERE attname IS NOT NULL) AS of_columns,
        json_agg(attnum) AS attnums
      FROM granted GROUP BY of_class, of_object, grantee, privilege_type, is_grantable, attname IS NULL)
    SELECT of_class, of_object, ${roleName('grantee')} AS grantee,
      ${some(false, false)} AS privileges, ${some(true, false)} AS grantable,
      ${some(false, true)} AS of_columns, ${some(true, true)} AS grantable_of_columns,
      json_agg(attnums) FILTER (WHERE of_columns IS NOT NULL) AS columns
    FROM together GROUP BY of_class, of_object, grantee ORDER BY of_class, of_object, 3`,
  read(row, { at }) {
    const target = targetOf(row, at)
    if (target === null) return null
    return {
      key: privilegeKey(row.grantee, target.key),
      parent: target.key,
      ...afterOwner(target.key, columnsOf(row, at)),
      fields: {
        on: target.reference,
        to: row.grantee,
        privileges: together(row.privileges, row.of_columns),
        grantable: together(row.grantable, row.grantable_of_columns),
      },
    }
  },
  create: (fields) => changed({ ...fields, privileges: [], grantable: [] }, fields),
  change: changed,
  bearsChange: true,
})

/** What a role may not do that it may by itself: everyone call a function, say. */
export const withheldPrivilege = objectKind<Withheld, Found>({
  kind: 'withheld privilege',
  about: 'privileges',
  query: () => `WITH objects AS (${objects})
    SELECT of_class, of_object, ${roleName('grantee')} AS grantee, array_agg(lower(privilege_type) ORDER BY privilege_type) AS privileges
    FROM objects CROSS JOIN LATERAL (SELECT grantee, privilege_type FROM aclexplode(usual)
      EXCEPT SELECT grantee, privilege_type FROM aclexplode(acl)) a
    GROUP BY of_class, of_object, grantee ORDER BY of_class, of_object, 3`,
  read(row, { at }) {
    const target = targetOf(row, at)
    if (target === null) return null
    return {
      key: withheldPrivilegeKey(row.grantee, target.key),
      parent: target.key,
      ...afterOwner(target.key),
      fields: { on: target.reference, from: row.grantee, privileges: row.privileges ?? [] },
    }
  },
  create: ({ on, from, privileges }) => [revoke({ on, from: [from], privileges } as Revoke)],
  // What is withheld is what is held the other way round.
  change: (before, after) =>
    changed(
      { on: after.on, to: after.from, privileges: after.privileges, grantable: [] },
      { on: after.on, to: after.from, privileges: before.privileges, grantable: [] },
    ),
  bearsChange: true,
})

/** What is granted is granted by the owner, who may be the role that it was granted to before. */
function afterOwner(of: string, columns: readonly string[] = []) {
  return { needs: [ownerKey(of), ...columns], excludes: [ownerKey(of)] }
}

function columnsOf({ of_class, of_object, columns }: Found, at: At): readonly string[] {
  const numbers = new Set((columns ?? []).flat())
  return [...numbers].flatMap((objsubid) => at({ classid: of_class, objid: of_object, objsubid })?.key ?? [])
}

function changed(before: Granted, { on, to, ...after }: Granted): readonly Directive[] {
  return heldChange(before, after).map(({ does, privileges, ...options }) =>
    does === 'grant'
      ? grant({ on, to: [to], privileges, ...options } as Grant)
      : revoke({ on, from: [to], privileges, ...options } as Revoke),
  )
}

function together(
  privileges: readonly string[] | null,
  ofColumns: ColumnPrivileges | null,
): readonly Privilege[] {
  return [
    ...(privileges ?? []),
    ...Object.entries(ofColumns ?? {}).map(([name, columns]) => ({ [name]: columns })),
  ]
}

type Target = { readonly key: string; readonly reference: ObjectReference }

/** GRANT knows an aggregate as a routine of all its parameters. */
function targetOf(row: Found, at: At): Target | null {
  const object = at({ classid: row.of_class, objid: row.of_object, objsubid: 0 })
  if (object?.reference === undefined) return null
  const { key, reference } = object
  if (!('aggregate' in reference)) return { key, reference }
  const { aggregate, arguments: direct, orderBy = [], ...schema } = reference
  return {
    key,
    reference: { ...schema, routine: aggregate, arguments: [...(direct === '*' ? [] : direct), ...orderBy] },
  }
}

type At = (address: Address) => ReadObject | undefined

type Address = { readonly classid: number; readonly objid: number; readonly objsubid: number }
