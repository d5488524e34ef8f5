import {
  alterForeignServer,
  type CreateForeignServer,
  createForeignServer,
} from '../operations/foreign-server.ts'
import { foreignOptionChanges, foreignOptionsOf } from './foreign-options.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { made } from './scope.ts'

type Found = {
  readonly name: string
  readonly wrapper: string
  readonly type: string | null
  readonly version: string | null
  readonly options: readonly string[] | null
}

export const foreignServer = objectKind<CreateForeignServer, Found>({
  kind: 'server',
  traces: made('pg_foreign_server'),
  query: ({
    ofNoExtension,
  }) => `SELECT 'pg_foreign_server'::regclass::oid AS classid, s.oid AS objid, 0 AS objsubid,
      s.srvname AS name, f.fdwname AS wrapper, s.srvtype AS type, s.srvversion AS version, s.srvoptions AS options
    FROM pg_foreign_server s JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw
    WHERE ${ofNoExtension('pg_foreign_server', 's.oid')} ORDER BY s.srvname`,
  read: ({ name, wrapper, type, version, options }) => ({
    key: keyOf('server', name),
    reference: { server: name },
    fields: {
      name,
      ...(type === null ? {} : { type }),
      ...(version === null ? {} : { version }),
      foreignDataWrapper: wrapper,
      ...foreignOptionsOf(options),
    },
  }),
  create: (fields) => [createForeignServer(fields)],
  change(before, after) {
    if (before.type !== after.type || before.foreignDataWrapper !== after.foreignDataWrapper) return null
    const options = foreignOptionChanges(before.options, after.options)
    const [old, now] = [before.version ?? null, after.version ?? null]
    return [
      alterForeignServer({
        name: after.name,
        ...(old === now ? {} : { version: now }),
        ...(options === null ? {} : { options: options.changes }),
        was: {
          ...(old === now ? {} : { version: old }),
          ...(options === null ? {} : { options: options.was }),
        },
      }),
    ]
  },
})
