import type { ObjectReference } from '../operations/object-reference.ts'
import { type Grant, grant, type Revoke, revoke } from '../operations/privilege.ts'
import type { Grantee } from '../operations/role.ts'
import { objectKind } from './object-kind.ts'
import { firstUserOid } from './scope.ts'

type Privilege = string | { readonly [privilege: string]: readonly string[] }

type Granted = {
  readonly on: ObjectReference
  readonly to: readonly [Grantee]
  readonly privileges: readonly Privilege[]
  readonly withGrantOption?: true
}

type Withheld = {
  readonly on: ObjectReference
  readonly from: readonly [Grantee]
  readonly privileges: readonly Privilege[]
}

type Found = {
  readonly of_class: number
  readonly of_object: number
  readonly grantee: string
  readonly grantable: boolean
  readonly privileges: readonly string[] | null
  /** Of some columns only. */
  readonly of_columns: { readonly [privilege: string]: readonly string[] } | null
}

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
      `SELECT '${catalog}'::regclass::oid AS of_class, oid AS of_object, ${acl} AS acl, acldefault((${letter})::"char", ${owner}) AS usual FROM ${catalog} WHERE ${acl} IS NOT NULL AND (oid >= ${firstUserOid} OR oid = to_regnamespace('public'))`,
  )
  .join('\n    UNION ALL ')

const roleName = (oid: string) => `CASE ${oid} WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(${oid}) END`

/** What roles may do that they may not by themselves; of one role on one object together. */
export const privilege = objectKind<Granted, Found>({
  kind: 'privilege',
  about: 'privileges',
  query: () => `WITH objects AS (${objects}), granted AS (
      SELECT of_class, of_object, NULL::name AS attname, a.* FROM objects CROSS JOIN LATERAL (
        SELECT grantee, privilege_type, is_grantable FROM aclexplode(acl)
        EXCEPT SELECT grantee, privilege_type, is_grantable FROM aclexplode(usual)) a
      UNION ALL
      SELECT 'pg_class'::regclass::oid, attrelid, attname, grantee, privilege_type, is_grantable
      FROM pg_attribute CROSS JOIN LATERAL aclexplode(attacl) WHERE attacl IS NOT NULL AND attrelid >= ${firstUserOid} AND NOT attisdropped),
    together AS (SELECT of_class, of_object, grantee, lower(privilege_type) AS privilege, is_grantable,
        json_agg(attname ORDER BY attname) FILTER (WHERE attname IS NOT NULL) AS of_columns
      FROM granted GROUP BY of_class, of_object, grantee, privilege_type, is_grantable, attname IS NULL)
    SELECT of_class, of_object, ${roleName('grantee')} AS grantee, is_grantable AS grantable,
      array_agg(privilege ORDER BY privilege) FILTER (WHERE of_columns IS NULL) AS privileges,
      json_object_agg(privilege, of_columns) FILTER (WHERE of_columns IS NOT NULL) AS of_columns
    FROM together GROUP BY of_class, of_object, grantee, is_grantable ORDER BY of_class, of_object, 3, 4`,
  read(row, { at }) {
    const object = at({ classid: row.of_class, objid: row.of_object, objsubid: 0 })
    if (object?.reference === undefined) return null
    return {
      key: `privileges of ${row.grantee} on ${object.key}${row.grantable ? ', to be granted on' : ''}`,
      parent: object.key,
      // What a new owner had before is taken while that role is none: else it would lose what an owner has.
      excludes: [`owner of ${object.key}`],
      fields: {
        on: object.reference,
        to: [row.grantee],
        privileges: [
          ...(row.privileges ?? []),
          ...Object.entries(row.of_columns ?? {}).map(([name, columns]) => ({ [name]: columns })),
        ],
        ...(row.grantable ? { withGrantOption: true } : {}),
      },
    }
  },
  create: (fields) => [grant(fields as Grant)],
  change({ privileges: before }, { privileges: after, to, ...others }) {
    const [more, fewer] = [without(after, before), without(before, after)]
    return [
      ...(more.length === 0 ? [] : [grant({ ...others, to, privileges: more } as Grant)]),
      ...(fewer.length === 0
        ? []
        : [
            revoke({
              on: others.on,
              from: to,
              privileges: fewer,
              ...(others.withGrantOption === true
                ? { was: { privileges: fewer, withGrantOption: true } }
                : {}),
            } as Revoke),
          ]),
    ]
  },
  bearsChange: true,
})

/** What roles may not do that they may by themselves: everyone call a function, say. */
export const withheldPrivilege = objectKind<Withheld, Found>({
  kind: 'withheld privilege',
  about: 'privileges',
  query: () => `WITH objects AS (${objects})
    SELECT of_class, of_object, ${roleName('grantee')} AS grantee, array_agg(lower(privilege_type) ORDER BY privilege_type) AS privileges
    FROM objects CROSS JOIN LATERAL (SELECT grantee, privilege_type FROM aclexplode(usual)
      EXCEPT SELECT grantee, privilege_type FROM aclexplode(acl)) a
    GROUP BY of_class, of_object, grantee ORDER BY of_class, of_object, 3`,
  read(row, { at }) {
    const object = at({ classid: row.of_class, objid: row.of_object, objsubid: 0 })
    if (object?.reference === undefined) return null
    return {
      key: `privileges withheld from ${row.grantee} on ${object.key}`,
      parent: object.key,
      fields: { on: object.reference, from: [row.grantee], privileges: row.privileges ?? [] },
    }
  },
  create: (fields) => [revoke(fields as Revoke)],
  change({ privileges: before }, { privileges: after, from, on }) {
    const [more, fewer] = [without(after, before), without(before, after)]
    return [
      ...(more.length === 0 ? [] : [revoke({ on, from, privileges: more } as Revoke)]),
      ...(fewer.length === 0 ? [] : [grant({ on, to: from, privileges: fewer } as Grant)]),
    ]
  },
  bearsChange: true,
})

/** The privileges of the first list that are not in the second; of columns, those that are not. */
function without(some: readonly Privilege[], others: readonly Privilege[]): readonly Privilege[] {
  return some.flatMap((one): readonly Privilege[] => {
    if (typeof one === 'string') return others.includes(one) ? [] : [one]
    return Object.entries(one).flatMap(([name, columns]) => {
      const held = others.flatMap((other) => (typeof other === 'string' ? [] : (other[name] ?? [])))
      const left = columns.filter((column) => !held.includes(column))
      return left.length === 0 ? [] : [{ [name]: left }]
    })
  })
}
