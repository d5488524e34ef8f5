import {
  type CreateTransform,
  createTransform,
  replaceTransform,
  type TransformDefinition,
} from '../operations/transform.ts'
import { keyOf } from './key.ts'
import { objectKind, type Reading } from './object-kind.ts'
import { functionReferenceOf, type ObjectNameRow, objectNameRow } from './object-name.ts'
import { firstUserOid, made } from './scope.ts'
import { typeName } from './type-name.ts'

type Found = {
  readonly type: string
  readonly language: string
  readonly from_sql: ObjectNameRow | null
  readonly to_sql: ObjectNameRow | null
}

export const transform = objectKind<CreateTransform, Found>({
  kind: 'transform',
  traces: made('pg_transform'),
  query: ({
    ofNoExtension,
  }) => `SELECT 'pg_transform'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, format_type(t.trftype, NULL) AS type,
      l.lanname AS language, ${objectNameRow('function', 't.trffromsql')} AS from_sql, ${objectNameRow('function', 't.trftosql')} AS to_sql
    FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
    WHERE t.oid >= ${firstUserOid} AND ${ofNoExtension('pg_transform', 't.oid')} ORDER BY type, l.lanname`,
  read: (row, { inSchema }) => {
    const named = { type: typeName(row.type), language: row.language }
    return {
      key: `${keyOf('transform for')}${named.type} in ${keyOf('language', row.language)}`,
      reference: { transform: named },
      fields: { ...named, ...waysOf(row, inSchema) },
    }
  },
  create: (fields) => [createTransform(fields)],
  change({ type: _, language: __, ...was }, after) {
    return [replaceTransform({ ...after, was })]
  },
})

/** PostgreSQL has no transform without one of them. */
function waysOf({ from_sql, to_sql }: Found, inSchema: Reading['inSchema']): TransformDefinition {
  return {
    ...(from_sql === null ? {} : { fromSql: functionReferenceOf(from_sql, inSchema) }),
    ...(to_sql === null ? {} : { toSql: functionReferenceOf(to_sql, inSchema) }),
  } as TransformDefinition
}
