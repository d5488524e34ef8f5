import { type CreateAccessMethod, createAccessMethod } from '../operations/access-method.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { functionReferenceOf, type ObjectNameRow, objectNameRow } from './object-name.ts'
import { firstUserOid, made } from './scope.ts'

type Found = { readonly name: string; readonly type: 'i' | 't'; readonly handler: ObjectNameRow }

export const accessMethod = objectKind<CreateAccessMethod, Found>({
  kind: 'access method',
  traces: made('pg_am'),
  query: ({
    ofNoExtension,
  }) => `SELECT 'pg_am'::regclass::oid AS classid, m.oid AS objid, 0 AS objsubid, m.amname AS name, m.amtype::text AS type,
      ${objectNameRow('function', 'm.amhandler')} AS handler
    FROM pg_am m WHERE m.oid >= ${firstUserOid} AND ${ofNoExtension('pg_am', 'm.oid')} ORDER BY m.amname`,
  read: ({ name, type, handler }, { inSchema }) => ({
    key: keyOf('access method', name),
    reference: { accessMethod: name },
    fields: { name, type: type === 'i' ? 'index' : 'table', handler: functionReferenceOf(handler, inSchema) },
  }),
  create: (fields) => [createAccessMethod(fields)],
  change: () => null,
})
