import type { Connection } from '../connection/connection.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { PicturedRelation } from './picture.ts'

/** Rows that a table had before the migration, as an application would write them again. */
export type OwnRows = {
  readonly relation: PicturedRelation
  /** Who writes them: one of those who may and are not the owner; null where nobody else may. */
  readonly role: string | null
  /** The columns that are written. */
  readonly columns: readonly OwnColumn[]
  /** A literal for each column, as a driver sends it. */
  readonly rows: readonly (readonly string[])[]
}

export type OwnColumn = {
  readonly number: number
  readonly name: string
  /** One of those by which a row is known. */
  readonly isKey: boolean
  /** Rows may be told apart by it: it is in a unique index, or an exclusion. */
  readonly isApart: boolean
  /** An INSERT may leave it out. */
  readonly isOptional: boolean
}

const most = 20

/** Reads some rows of each table, out of all of them but at no step in which their values may go too. */
export async function readOwnRows(
  connection: Pick<Connection, 'run'>,
  tables: readonly PicturedRelation[],
): Promise<readonly OwnRows[]> {
  const asked = tables
    .map((relation) => ({ relation, columns: relation.columns.filter(({ isGenerated }) => !isGenerated) }))
    .filter(({ columns }) => columns.length > 0)
  if (asked.length === 0) return []
  const [keys, apart, writers, ...found] = await connection.run(
    [
      keysQuery,
      apartQuery,
      writersQuery,
      ...asked.map(({ relation, columns }) => {
        const values = columns.map(({ name }) => `(numbered.whole).${quoteIdentifier(name)}::text`)
        const all = `SELECT t AS whole, row_number() OVER () AS nth FROM ${qualifiedName(relation)} t`
        return `SELECT ARRAY[${values.join(', ')}] AS row FROM (${all}) AS numbered ORDER BY hashint8(nth) LIMIT ${most}`
      }),
    ].join(';\n'),
  )
  const keysOf = new Map((keys?.rows ?? []).map(({ oid, key }) => [Number(oid), key as readonly number[]]))
  const apartOf = new Map(
    (apart?.rows ?? []).map(({ oid, columns }) => [Number(oid), columns as readonly number[]]),
  )
  const roleOf = new Map((writers?.rows ?? []).map(({ oid, role }) => [Number(oid), String(role)]))
  return asked.flatMap(({ relation, columns }, at): readonly OwnRows[] => {
    const rows = (found[at]?.rows ?? []).map(({ row }) =>
      (row as readonly (string | null)[]).map((value, n) => written(value, columns[n]?.type ?? '')),
    )
    if (rows.length === 0) return []
    const key = keysOf.get(relation.oid) ?? []
    return [
      {
        relation,
        role: roleOf.get(relation.oid) ?? null,
        rows,
        columns: columns.map(({ number, name, notNull, isFilled }) => ({
          number,
          name,
          isKey: key.includes(number),
          isApart: apartOf.get(relation.oid)?.includes(number) === true,
          isOptional: !notNull || isFilled,
        })),
      },
    ]
  })
}

/** A text without a type becomes whatever its column is; a number stays one, which another type may round. */
function written(value: string | null, type: string): string {
  if (value === null) return 'NULL'
  return isNumber(type) && /^-?[\d.]+$/.test(value) ? value : quoteLiteral(value)
}

function isNumber(type: string): boolean {
  return /^(?:smallint|integer|bigint|numeric|real|double)/.test(type) && !type.endsWith('[]')
}

/** The columns of the primary key, or of another unique index of all rows. */
const keysQuery = `SELECT DISTINCT ON (indrelid) indrelid::bigint AS oid, array_to_json(indkey::int2[]) AS key FROM pg_index
  WHERE indisunique AND indpred IS NULL AND NOT 0 = ANY (indkey) AND indrelid >= 16384 ORDER BY indrelid, indisprimary DESC`

/** The columns that are in any unique index or exclusion of a table, in their expressions and conditions too. */
const apartQuery = `SELECT indrelid::bigint AS oid, json_agg(DISTINCT number) AS columns FROM pg_index, LATERAL (
    SELECT unnest(indkey::int2[]) UNION ALL SELECT refobjsubid FROM pg_depend
      WHERE classid = 'pg_class'::regclass AND objid = indexrelid AND refclassid = 'pg_class'::regclass AND refobjid = indrelid) AS said (number)
  WHERE (indisunique OR indisexclusion) AND indrelid >= 16384 GROUP BY indrelid`

/** The first who was granted INSERT and is under privileges and policies, as an application is. */
const writersQuery = `SELECT DISTINCT ON (c.oid) c.oid::bigint AS oid, r.rolname AS role FROM pg_class c, aclexplode(c.relacl) a
    JOIN pg_roles r ON r.oid = a.grantee
  WHERE c.oid >= 16384 AND a.privilege_type = 'INSERT' AND a.grantee <> c.relowner AND NOT r.rolsuper AND NOT r.rolbypassrls
  ORDER BY c.oid, a.grantee`
