import { alterUserMapping, type CreateUserMapping, createUserMapping } from '../operations/user-mapping.ts'
import { foreignOptionChanges, foreignOptionsOf } from './foreign-options.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'

type UserMapping = CreateUserMapping & {
  /** Its options are not for the eyes of who asks; nothing is known of them. */
  readonly hidden?: true
}

type Found = {
  readonly server: string
  /** Nothing for everybody. */
  readonly role: string | null
  readonly options: readonly string[] | null
  readonly visible: boolean
}

/** As whom a role logs in to a server. Who may not see the options is not told that there are some. */
export const userMapping = objectKind<UserMapping, Found>({
  kind: 'user mapping',
  traces: 'pg_user_mappings',
  query: ({
    ofNoExtension,
  }) => `SELECT 'pg_user_mapping'::regclass::oid AS classid, m.umid AS objid, 0 AS objsubid,
      m.srvname AS server, CASE WHEN m.umuser <> 0 THEN m.usename END AS role, m.umoptions AS options,
      (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) OR CASE WHEN m.umuser = 0 THEN pg_has_role(s.srvowner, 'USAGE')
        ELSE m.usename = current_user AND (pg_has_role(s.srvowner, 'USAGE') OR has_server_privilege(s.oid, 'USAGE')) END AS visible
    FROM pg_user_mappings m JOIN pg_foreign_server s ON s.oid = m.srvid
    WHERE ${ofNoExtension('pg_foreign_server', 's.oid')} ORDER BY m.srvname, m.usename`,
  read: ({ server, role, options, visible }) => ({
    key: keyOf('user mapping', server, role ?? 'PUBLIC'),
    fields: {
      server,
      user: role ?? 'PUBLIC',
      ...foreignOptionsOf(options),
      ...(visible ? {} : { hidden: true }),
    },
  }),
  create: ({ hidden: _, ...fields }) => [createUserMapping(fields)],
  change(before, after) {
    if (before.hidden === true || after.hidden === true) return []
    const options = foreignOptionChanges(before.options, after.options)
    const { server, user } = after
    return options === null
      ? []
      : [alterUserMapping({ server, user, options: options.changes, was: options.was })]
  },
})
