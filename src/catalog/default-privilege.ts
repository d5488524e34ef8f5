import {
  type GrantDefault,
  grantDefault,
  type RevokeDefault,
  revokeDefault,
} from '../operations/default-privilege.ts'
import type { Grantee } from '../operations/role.ts'
import { keyOf, schemaKey } from './key.ts'
import { objectKind } from './object-kind.ts'

type Default = {
  readonly on: string
  readonly forRoles?: readonly [string]
  readonly inSchemas?: readonly [string]
  readonly privileges: readonly string[]
  readonly grantee: Grantee
  readonly withGrantOption?: true
  /** They have it by default, and are not to. */
  readonly withheld?: true
}

type Found = {
  readonly role: string | null
  readonly role_name: string
  readonly schema: string | null
  readonly on: string
  readonly grantee: string
  readonly grantable: boolean
  readonly withheld: boolean
  readonly privileges: readonly string[]
}

/** What roles may do with objects that are made later, beside what PostgreSQL lets them by itself. */
export const defaultPrivilege = objectKind<Default, Found>({
  kind: 'default privilege',
  query: () => `WITH defaults AS (
      SELECT defaclrole, defaclnamespace, defaclobjtype, defaclacl, CASE WHEN defaclnamespace = 0
        THEN acldefault(CASE defaclobjtype WHEN 'S' THEN 's' ELSE defaclobjtype END, defaclrole) END AS usual FROM pg_default_acl),
    found AS (
      SELECT d.*, a.*, false AS withheld FROM defaults d CROSS JOIN LATERAL (
        SELECT grantee, privilege_type, is_grantable FROM aclexplode(defaclacl)
        EXCEPT SELECT grantee, privilege_type, is_grantable FROM aclexplode(usual)) a
      UNION ALL
      SELECT d.*, a.*, false, true FROM defaults d CROSS JOIN LATERAL (
        SELECT grantee, privilege_type FROM aclexplode(usual) EXCEPT SELECT grantee, privilege_type FROM aclexplode(defaclacl)) a)
    SELECT nullif(pg_get_userbyid(defaclrole), current_user) AS role, pg_get_userbyid(defaclrole) AS role_name, nspname AS schema,
      CASE defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
        WHEN 'n' THEN 'schemas' ELSE 'large objects' END AS on,
      CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END AS grantee, is_grantable AS grantable, withheld,
      array_agg(lower(privilege_type) ORDER BY privilege_type) AS privileges
    FROM found LEFT JOIN pg_namespace n ON n.oid = defaclnamespace
    GROUP BY defaclrole, nspname, defaclobjtype, grantee, is_grantable, withheld ORDER BY 2, 3, 4, 5, 6, 7`,
  read: ({ role, role_name, schema, on, grantee, grantable, withheld, privileges }) => ({
    key: `${keyOf('default privileges', role_name, schema ?? '', on, grantee)}${grantable ? ', to be granted on' : ''}${withheld ? ', withheld' : ''}`,
    ...(schema === null ? {} : { needs: [schemaKey(schema)] }),
    fields: {
      on,
      ...(role === null ? {} : { forRoles: [role] }),
      ...(schema === null ? {} : { inSchemas: [schema] }),
      privileges,
      grantee,
      ...(grantable ? { withGrantOption: true } : {}),
      ...(withheld ? { withheld: true } : {}),
    },
  }),
  create: (fields) => [fields.withheld === true ? revoked(fields) : granted(fields)],
  change(before, after) {
    const [more, fewer] = [without(after, before), without(before, after)]
    const [give, take] = after.withheld === true ? [fewer, more] : [more, fewer]
    return [
      ...(give.length === 0 ? [] : [granted({ ...after, privileges: give })]),
      ...(take.length === 0 ? [] : [revoked({ ...after, privileges: take })]),
    ]
  },
})

function granted({ grantee, withheld: _, ...fields }: Default) {
  return grantDefault({ ...fields, to: [grantee] } as GrantDefault)
}

function revoked({ grantee, withheld: _, withGrantOption, ...fields }: Default) {
  const was = withGrantOption === true ? { was: { privileges: fields.privileges, withGrantOption } } : {}
  return revokeDefault({ ...fields, ...was, from: [grantee] } as RevokeDefault)
}

function without({ privileges: some }: Default, { privileges: others }: Default): readonly string[] {
  return some.filter((one) => !others.includes(one))
}
