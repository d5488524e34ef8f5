import {
  type GrantDefault,
  grantDefault,
  type RevokeDefault,
  revokeDefault,
} from '../operations/default-privilege.ts'
import type { Directive } from '../operations/operation.ts'
import type { Grantee } from '../operations/role.ts'
import { keyOf, privilegeKey, schemaKey, withheldPrivilegeKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { heldChange, type Privilege } from './privilege-change.ts'
import { made } from './scope.ts'

type Default = {
  readonly on: string
  readonly forRoles?: readonly [string]
  readonly inSchemas?: readonly [string]
  readonly privileges: readonly Privilege[]
  readonly grantable: readonly Privilege[]
  readonly grantee: Grantee
  /** They have it by default, and are not to. */
  readonly withheld?: true
}

type Found = {
  readonly role: string | null
  readonly role_name: string
  readonly schema: string | null
  readonly on: string
  readonly grantee: string
  readonly withheld: boolean
  readonly privileges: readonly string[] | null
  readonly grantable: readonly string[] | null
}

/** What roles may do with objects that are made later, beside what PostgreSQL lets them by itself. */
export const defaultPrivilege = objectKind<Default, Found>({
  kind: 'default privilege',
  traces: made('pg_default_acl'),
  about: 'privileges',
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
      CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END AS grantee, withheld,
      array_agg(lower(privilege_type) ORDER BY privilege_type) FILTER (WHERE NOT is_grantable) AS privileges,
      array_agg(lower(privilege_type) ORDER BY privilege_type) FILTER (WHERE is_grantable) AS grantable
    FROM found LEFT JOIN pg_namespace n ON n.oid = defaclnamespace
    GROUP BY defaclrole, nspname, defaclobjtype, grantee, withheld ORDER BY 2, 3, 4, 5, 6`,
  read: ({ role, role_name, schema, on, grantee, grantable, withheld, privileges }) => ({
    key: `${keyOf('default privileges', role_name, schema ?? '', on, grantee)}${withheld ? ', withheld' : ''}`,
    ...(schema === null ? {} : { needs: [schemaKey(schema)] }),
    fields: {
      on,
      ...(role === null ? {} : { forRoles: [role] }),
      ...(schema === null ? {} : { inSchemas: [schema] }),
      privileges: privileges ?? [],
      grantable: grantable ?? [],
      grantee,
      ...(withheld ? { withheld: true } : {}),
    },
  }),
  create: (fields) => changed({ ...fields, privileges: [], grantable: [] }, fields),
  change: changed,
  meddles: true,
  /** Who is given something by default, and is not to have it, is not given it: it would be lost sight of. */
  suits(fields, made, wanted) {
    if (fields.forRoles !== undefined || !kindsOf[fields.on]?.includes(made.kind)) return true
    const { schema = 'public' } = (made.reference ?? {}) as { readonly schema?: string }
    if (fields.inSchemas !== undefined && !fields.inSchemas.includes(schema)) return true
    const key = (fields.withheld === true ? withheldPrivilegeKey : privilegeKey)(fields.grantee, made.key)
    // What is found under such a key is of these fields.
    const { privileges = [], grantable = [] } = (wanted.get(key)?.fields ?? {}) as Partial<Default>
    return (
      fields.privileges.every((one) => [...privileges, ...grantable].includes(one)) &&
      fields.grantable.every((one) => grantable.includes(one))
    )
  },
})

/** The kinds of objects to which default privileges are given, as ALTER DEFAULT PRIVILEGES calls them. */
const kindsOf: { readonly [on: string]: readonly string[] } = {
  tables: ['table', 'foreign table', 'view', 'materialized view'],
  sequences: ['sequence'],
  functions: ['function', 'procedure', 'aggregate'],
  types: ['enum', 'domain', 'range type', 'composite type'],
  schemas: ['schema'],
}

/** What is withheld is what is held the other way round. */
function changed(before: Default, after: Default): readonly Directive[] {
  const { grantee, privileges: _, grantable: __, withheld, ...where } = after
  const steps = withheld === true ? heldChange(after, before) : heldChange(before, after)
  return steps.map(({ does, ...what }) =>
    does === 'grant'
      ? grantDefault({ ...where, ...what, to: [grantee] } as GrantDefault)
      : revokeDefault({ ...where, ...what, from: [grantee] } as RevokeDefault),
  )
}
