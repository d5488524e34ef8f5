import { LimbeckError } from '../error.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { definitions } from './index-copy.ts'
import type { Course } from './operation.ts'
import { inSchema, regclass, type TableReference } from './relation.ts'
import { statisticsDefinitions } from './statistics-copy.ts'
import type { Mirror } from './table-mirror.ts'

/** A table was changed since its copy was made: in its place, the copy would take the change back without a word. */
export class CopyUnlike extends LimbeckError {
  readonly code = 'COPY_UNLIKE'
  readonly table: string
  readonly mirror: string
  readonly differences: readonly string[]

  constructor({ table, into }: Mirror, differences: readonly string[], example: string | null) {
    const named =
      example === null ? '' : ` (an index, a unique constraint or statistics x are called ${example} there)`
    super(`${table} is no longer like its copy ${into}: ${differences.join('; ')}.`, {
      hint: `Take the change back on ${table}, run this again, and make the change afterwards. What was added may stay if you add it to ${into} too${named}: that keeps out writes to both for as long as it takes. Nothing has been exchanged.`,
    })
    this.table = table
    this.mirror = into
    this.differences = differences
  }
}

type Piece = { readonly sort: string; readonly name: string; readonly definition: string }
/** A piece with the name that it has in the copy; none where that is PostgreSQL's choice. */
type CopiedPiece = Piece & { readonly copied: string }

/**
 * Throws `CopyUnlike` where a column, check, foreign key, unique constraint, index or statistics of the table is not one of its copy too, or
 * the other way round. Gives a statement that fails where the table has been changed since, for the transaction that relies on it. `called` says what the copy calls
 * an index, a unique constraint or statistics; left out where the names are PostgreSQL's own choice. Primary keys are left to who made the copy.
 */
export function* refuseUnlike(mirror: Mirror, called?: (name: string) => string): Course<string> {
  const table = { ...inSchema(mirror), table: mirror.table }
  const [digest] = yield `SELECT ${digestOf(table)} AS digest`
  const here = (yield* piecesOf(table)).map((piece) => ({
    ...piece,
    copied: isRenamed(piece) ? (called?.(piece.name) ?? '') : piece.name,
  }))
  const there = (yield* piecesOf({ ...inSchema(mirror), table: mirror.into })).map((piece) => ({
    ...piece,
    copied: isRenamed(piece) && called === undefined ? '' : piece.name,
  }))
  const differences = [
    ...without(here, there).map((piece) => `the table has ${told(piece)}`),
    ...without(there, here).map((piece) => `the copy has ${told(piece)}`),
  ]
  if (differences.length > 0) throw new CopyUnlike(mirror, differences, called?.('x') ?? null)
  return refuseChanged(table, String(digest?.['digest']))
}

function refuseChanged(table: TableReference, digest: string): string {
  return doBlock(`
BEGIN
  IF ${digestOf(table)} <> ${quoteLiteral(digest)} THEN
    RAISE EXCEPTION '% was changed while its rows were compared', ${quoteLiteral(table.table)}
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Run this again. Nothing has been exchanged.';
  END IF;
END`)
}

function* piecesOf(table: TableReference): Course<readonly Piece[]> {
  const rows = yield `SELECT sort, name, definition FROM (${pieces(table)}) piece ORDER BY sort, name`
  return rows.map((row) => ({
    sort: String(row['sort']),
    name: String(row['name']),
    definition: String(row['definition']),
  }))
}

function digestOf(table: TableReference): string {
  return `(SELECT md5(string_agg(piece::text, ' ' ORDER BY piece::text COLLATE "C")) FROM (${pieces(table)}) piece)`
}

/** A default that takes numbers from a sequence moves with the sequence, and so is left out. */
function pieces(table: TableReference): string {
  const relation = regclass({ ...table, name: table.table })
  return `SELECT 'column' AS sort, attname::text AS name, concat_ws(' ', format_type(atttypid, atttypmod),
    CASE WHEN attcollation <> typcollation THEN 'COLLATE ' || attcollation::regcollation END, CASE WHEN attnotnull THEN 'NOT NULL' END,
    CASE WHEN NOT EXISTS (SELECT FROM pg_depend JOIN pg_class s ON s.oid = refobjid AND s.relkind = 'S'
      WHERE classid = 'pg_attrdef'::regclass AND objid = d.oid AND refclassid = 'pg_class'::regclass) THEN 'DEFAULT ' || pg_get_expr(adbin, adrelid) END) AS definition
  FROM pg_attribute JOIN pg_type t ON t.oid = atttypid LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum
  WHERE attrelid = ${relation} AND attnum > 0 AND NOT attisdropped
  UNION ALL SELECT CASE contype WHEN 'c' THEN 'check' WHEN 'u' THEN 'unique constraint' ELSE 'foreign key' END, conname, pg_get_constraintdef(oid)
  FROM pg_constraint k WHERE conrelid = ${relation} AND contype IN ('c', 'f', 'u') AND ${ofItsOwn('k')}
  UNION ALL SELECT CASE WHEN indisunique THEN 'unique index' ELSE 'index' END, relname, i.definition
  FROM ${definitions(relation)} i JOIN pg_class c ON c.oid = indexrelid
  WHERE indisvalid AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
  UNION ALL SELECT 'statistics', name, s.definition FROM ${statisticsDefinitions(relation)} s`
}

/** Where a foreign key refers to a partitioned table, PostgreSQL keeps one more for each of its partitions. */
export function ofItsOwn(constraint: string): string {
  return `NOT EXISTS (SELECT FROM pg_constraint parent WHERE parent.oid = ${constraint}.conparentid AND parent.conrelid = ${constraint}.conrelid)`
}

/** Those of the first that find none of the others for themselves. */
function without(pieces: readonly CopiedPiece[], others: readonly CopiedPiece[]): readonly CopiedPiece[] {
  const left = others.map(key)
  return pieces.filter((piece) => {
    const at = left.indexOf(key(piece))
    if (at !== -1) left.splice(at, 1)
    return at === -1
  })
}

function key({ sort, copied, definition }: CopiedPiece): string {
  return JSON.stringify([sort, copied, definition])
}

function isRenamed({ sort }: Piece): boolean {
  return sort.endsWith('index') || sort === 'unique constraint' || sort === 'statistics'
}

function told({ sort, name, definition }: Piece): string {
  return `the ${sort} ${name} ${definition}`
}
