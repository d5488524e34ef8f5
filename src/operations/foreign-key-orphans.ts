import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { rawSql } from '../sql/tag.ts'
import { backfill } from './backfill.ts'
import { asPart, type Hints, type Server, type Step, statement } from './operation.ts'
import { inSchema, regclass, type TableReference, tableName } from './relation.ts'

/**
 * What becomes of rows that refer to nothing. `find`: they are looked for before anything is changed, and are an error that
 * counts them and names some. `set null` and `delete`: the key is added NOT VALID, so that no more of them can come; then
 * their columns are set to NULL, or they are deleted, in batches; then it is validated. Left out, the validation fails at the
 * first of them, and the key stays NOT VALID until the command is run again.
 */
export type Orphans = 'find' | 'set null' | 'delete'

/** A foreign key as far as it says what an orphan is. */
export type OrphanKey = TableReference & {
  readonly columns: readonly string[]
  readonly references: {
    readonly schema?: string
    readonly table: string
    readonly columns: readonly string[]
  }
  readonly match?: 'FULL' | 'SIMPLE'
}

/**
 * What to do where the validation meets a row that refers to nothing. `key` is null where it is not said to which columns it refers, so
 * that no query can be written.
 */
export function orphanHints(key: OrphanKey | null, validation: 'later' | 'now'): Hints {
  const rows =
    key === null
      ? 'Some rows refer to nothing.'
      : `These rows refer to nothing: SELECT * FROM ${tableName(key)} WHERE ${isOrphan(key)};`
  const [state, goesOn] =
    validation === 'now'
      ? ['Nothing has been changed.', '']
      : [
          'The key is there, but not valid: no more of them can come.',
          key === null ? '' : " (orphans: 'delete' may still be said now, and goes on from here)",
        ]
  return {
    [foreignKeyViolation]: `${rows} ${state} Mend them and run the command again${goesOn}. A key that says its references.columns and orphans: 'find', 'set null' or 'delete' from the start does not come to this.`,
  }
}

/** The SQLSTATE of foreign_key_violation. */
const foreignKeyViolation = '23503'

/** Stops with their number and the first of their keys where there are any; changes nothing. */
export function findOrphans(key: OrphanKey): Step {
  const from = `${key.table} (${key.columns.join(', ')})`
  const to = `${key.references.table} (${key.references.columns.join(', ')})`
  const values = key.columns.map((column) => `${columnOf(key, column)}::text`)
  const look = statement(
    doBlock(`
DECLARE
  total bigint;
  examples text;
BEGIN
  WITH orphan AS MATERIALIZED (SELECT concat_ws(', ', ${values.join(', ')}) AS key FROM ${tableName(key)} WHERE ${isOrphan(key)})
  SELECT (SELECT count(*) FROM orphan), (SELECT string_agg(key, '; ') FROM (SELECT DISTINCT key FROM orphan ORDER BY key LIMIT 5) few)
  INTO total, examples;
  IF total > 0 THEN
    RAISE EXCEPTION '% rows of % refer to nothing in %', total, ${quoteLiteral(from)}, ${quoteLiteral(to)}
      USING ERRCODE = 'foreign_key_violation', DETAIL = 'Among their keys: ' || examples || '.',
        HINT = 'Mend the rows, or say orphans: ''set null'' or ''delete''. Nothing has been changed.';
  END IF;
END`),
    'own',
    'find orphans',
  )
  return { ...look, undo: [] }
}

/** Stops where a column that is to be NULL may not be; changes nothing. */
export function refuseNotNull(key: OrphanKey): Step {
  const names = key.columns.map(quoteLiteral).join(', ')
  const look = statement(
    doBlock(`
DECLARE
  refused text := (
    SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = ${regclass({ ...key, name: key.table })} AND attname IN (${names}) AND attnotnull AND NOT attisdropped);
BEGIN
  IF refused IS NOT NULL THEN
    RAISE EXCEPTION '% of % is NOT NULL, so it cannot be set to NULL where a row refers to nothing', refused, ${quoteLiteral(key.table)}
      USING ERRCODE = 'not_null_violation', HINT = 'Mend such rows yourself, or say orphans: ''delete''. Nothing has been changed.';
  END IF;
END`),
    'own',
    'look at the columns',
  )
  return { ...look, undo: [] }
}

/** Does away with them in batches. */
export function mendOrphans(key: OrphanKey, orphans: 'set null' | 'delete', server: Server): readonly Step[] {
  const rows = { ...inSchema(key), table: key.table, where: rawSql(isOrphan(key)) }
  const { steps } = backfill.definition
  if (orphans === 'delete') return asPart('delete orphans', steps({ ...rows, delete: true as const }, server))
  const set = Object.fromEntries(key.columns.map((column) => [column, null]))
  return asPart('set orphans to NULL', steps({ ...rows, set }, server))
}

/** A row with a NULL in its key refers to nothing and may, unless the match is FULL and it is not NULL as a whole. */
function isOrphan(key: OrphanKey): string {
  const { references } = key
  const own = key.columns.map((column) => columnOf(key, column))
  const pairs = own.map(
    (column, n) => `limbeck_referenced.${quoteIdentifier(references.columns[n] ?? '')} = ${column}`,
  )
  const unmatched = `NOT EXISTS (SELECT FROM ${qualifiedName({ ...inSchema(references), name: references.table })} AS limbeck_referenced WHERE ${pairs.join(' AND ')})`
  const given = own.map((column) => `${column} IS NOT NULL`).join(key.match === 'FULL' ? ' OR ' : ' AND ')
  return `(${given}) AND ${unmatched}`
}

function columnOf(key: OrphanKey, column: string): string {
  return `${quoteIdentifier(key.table)}.${quoteIdentifier(column)}`
}
