import { type CastDefinition, type CreateCast, createCast } from '../operations/cast.ts'
import { keyOf } from './key.ts'
import { objectKind, type Reading } from './object-kind.ts'
import { namedObjectOf, type ObjectNameRow, objectNameRow } from './object-name.ts'
import { typeNamesOf } from './routine.ts'
import { firstUserOid, made } from './scope.ts'
import { typeName } from './type-name.ts'

type Found = {
  readonly source: string
  readonly target: string
  readonly function: ObjectNameRow | null
  readonly arguments: readonly string[] | null
  /** explicit, assignment, implicit */
  readonly context: 'e' | 'a' | 'i'
  /** by a function, by the text form, none: the bytes are the same */
  readonly method: 'f' | 'i' | 'b'
}

/** Without those that a range type brings. What uses one is not said to depend on it, only on its function: so it is made before tables. */
export const cast = objectKind<CreateCast, Found>({
  kind: 'cast',
  traces: made('pg_cast'),
  query: ({
    ofNoExtension,
  }) => `SELECT 'pg_cast'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, format_type(c.castsource, NULL) AS source,
      format_type(c.casttarget, NULL) AS target, ${objectNameRow('function', 'c.castfunc')} AS function, ${typeNamesOf('p.proargtypes::oid[]')} AS arguments,
      c.castcontext::text AS context, c.castmethod::text AS method
    FROM pg_cast c LEFT JOIN pg_proc p ON p.oid = c.castfunc
    WHERE c.oid >= ${firstUserOid} AND ${ofNoExtension('pg_cast', 'c.oid')}
      AND c.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_cast'::regclass AND deptype = 'i')
    ORDER BY source, target`,
  read(row, { inSchema }) {
    const named = { from: typeName(row.source), to: typeName(row.target) }
    return {
      key: `${keyOf('cast from')}${named.from} to ${named.to}`,
      reference: { cast: named },
      fields: { ...named, ...methodOf(row, inSchema), ...contexts[row.context] },
    }
  },
  create: (fields) => [createCast(fields)],
  change: () => null,
})

const contexts = { e: {}, a: { as: 'assignment' }, i: { as: 'implicit' } } as const

function methodOf(row: Found, inSchema: Reading['inSchema']): CastDefinition {
  if (row.function !== null)
    return {
      withFunction: {
        ...namedObjectOf(row.function, inSchema),
        arguments: (row.arguments ?? []).map(typeName),
      },
    }
  return row.method === 'i' ? { inout: true } : { withoutFunction: true }
}
