import { LimbeckError } from '../error.ts'
import { columnList, derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { dollarQuote, quoteLiteral } from '../sql/literal.ts'
import type { BackfillStep, Course } from './operation.ts'
import { inSchema, regclass, type TableReference, tableName } from './relation.ts'

/** A table whose rows are kept in another one too, which has the same columns and the same unique key. */
export type Mirror = TableReference & { readonly into: string }

/** The copy is not what the table is: somebody has written to it, or the trigger was disabled. */
export class MirrorDiffers extends LimbeckError {
  readonly code = 'MIRROR_DIFFERS'
  readonly table: string
  readonly mirror: string
  readonly rows: number

  constructor({ table, into }: Mirror, rows: number) {
    super(`${rows} rows of ${table} are not in its copy ${into} as they are.`, {
      hint: `Find out what writes past the trigger on ${table} (session_replication_role, ALTER TABLE … DISABLE TRIGGER, other columns). The copy has been put right, as far as it could be: run this again when nobody writes past it any more.`,
    })
    this.table = table
    this.mirror = into
    this.rows = rows
  }
}

/** The columns of a table that take a value, and those of its key, as text for SQL. */
export type MirrorColumns = { readonly all: readonly string[]; readonly key: readonly string[] }

/**
 * Statements that make the trigger by which each write to the table is done to the other one too. `own` is the table's own key.
 * A second trigger, which never fires, lets PostgreSQL refuse to drop a column or to give it another type: it names them, and
 * without one of them the first trigger would fail the application's writes.
 */
export function createMirror(
  mirror: Mirror & { readonly schema: string },
  columns: MirrorColumns,
  own: readonly string[] = columns.key,
): readonly string[] {
  const name = mirrorName(mirror)
  const table = tableName(mirror)
  const named = columns.all.map(quoteIdentifier).join(', ')
  return [
    mirrorFunction(mirror, columns, own),
    `CREATE TRIGGER ${name.trigger} AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name.function}()`,
    `CREATE TRIGGER ${name.guard} AFTER UPDATE OF ${named} ON ${table} FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION ${name.function}()`,
  ]
}

/**
 * The trigger's function; it may be there, and then knows of columns that both tables have got since.
 * Whoever may write to the table need have no privileges on the copy, nor its schema in his search_path; so both are said with
 * their schema, and with the owner's rights nothing is found that somebody else has put in its place.
 */
export function mirrorFunction(
  mirror: Mirror & { readonly schema: string },
  { all, key }: MirrorColumns,
  own: readonly string[] = key,
): string {
  const name = mirrorName(mirror)
  const [table, into] = [tableName(mirror), mirrorTable(mirror)]
  const others = all.filter((column) => !key.includes(column)).map(quoteIdentifier)
  const update =
    others.length === 0
      ? 'NOTHING'
      : `UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`
  // The row as it is now: a trigger of the table's own may have written it again since, and was mirrored before this one.
  // Its columns have the copy's names by their places, whatever they are called by then.
  return `CREATE OR REPLACE FUNCTION ${name.function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS ${dollarQuote(`
#variable_conflict use_column
BEGIN
  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND ${tuple(key, 'OLD')} IS DISTINCT FROM ${tuple(key, 'NEW')} THEN
    -- A snapshot from before the copy does not see it, and would leave it there: this ends in a serialization failure (40001).
    IF current_setting('transaction_isolation') NOT LIKE 'read %' THEN
      INSERT INTO ${into} ${columnList(all)} VALUES (${all.map((column) => `OLD.${quoteIdentifier(column)}`).join(', ')})
      ON CONFLICT ${columnList(key)} DO UPDATE SET ${key.map((column) => `${quoteIdentifier(column)} = excluded.${quoteIdentifier(column)}`).join(', ')};
    END IF;
    DELETE FROM ${into} AS limbeck_copy WHERE ${tuple(key, 'limbeck_copy')} = ${tuple(key, 'OLD')}
      AND NOT EXISTS (SELECT FROM ${table} AS limbeck_row WHERE ${tuple(key, 'limbeck_row')} = ${tuple(key, 'OLD')});
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO ${into} ${columnList(all)}
    SELECT ${all.map((column) => `limbeck_row.${quoteIdentifier(column)}`).join(', ')} FROM ${table} AS limbeck_row ${columnList(all)}
    WHERE ${tuple(own, 'limbeck_row')} = ${tuple(own, 'NEW')} ON CONFLICT ${columnList(key)} DO ${update};
  END IF;
  RETURN NULL;
END
`)}`
}

/** The trigger that holds the columns may have gone with one of them, by CASCADE. */
export function dropMirror(mirror: Mirror): readonly string[] {
  const name = mirrorName(mirror)
  return [
    `DROP TRIGGER ${name.trigger} ON ${tableName(mirror)}`,
    `DROP TRIGGER IF EXISTS ${name.guard} ON ${tableName(mirror)}`,
    `DROP FUNCTION ${name.function}()`,
  ]
}

/** Copies the rows that were there before the trigger, in batches. */
export function copyRows(mirror: Mirror): BackfillStep {
  return {
    run: 'backfill',
    part: 'copy what is there',
    backfill: {
      title: `${mirror.table} into ${mirror.into}`,
      ...inSchema(mirror),
      table: mirror.table,
      work: {
        type: 'copy',
        into: { ...inSchema(mirror), table: mirror.into },
        select: { sql: [`SELECT ${quoteIdentifier(mirror.table)}.*`], values: [] },
        onConflict: 'skip',
      },
      preview: `INSERT INTO ${mirror.into} SELECT * FROM ${mirror.table}, as far as it is not there`,
      sessions: 1,
      failedRows: 0,
    },
  }
}

/**
 * Compares each row with its copy; throws `MirrorDiffers`, when it has put them right, as there is no other way on. Copies that are
 * of no row, which nothing may see before, are deleted.
 */
export function* compareRows(mirror: Mirror, { all, key }: MirrorColumns): Course {
  const [table, into] = [tableName(mirror), mirrorTable(mirror)]
  // Names that no column has, which would come before the row of that name.
  const sameKey = `${tuple(key, 'limbeck_row')} = ${tuple(key, 'limbeck_copy')}`
  const joined = `${table} AS limbeck_row LEFT JOIN ${into} AS limbeck_copy ON ${sameKey}
    WHERE limbeck_copy::text IS DISTINCT FROM limbeck_row::text`
  yield {
    patiently: `DELETE FROM ${into} AS limbeck_copy WHERE NOT EXISTS (SELECT FROM ${table} AS limbeck_row WHERE ${sameKey})`,
  }
  const [counted] = yield { patiently: `SELECT count(*) AS count FROM ${joined}` }
  const rows = Number(counted?.['count'])
  if (rows === 0) return
  const names = (name: string) =>
    `(SELECT array_agg(attname ORDER BY attnum) FROM pg_attribute WHERE attrelid = ${quoteLiteral(name)}::regclass AND attnum > 0 AND NOT attisdropped)`
  const [alike] = yield `SELECT ${names(table)} = ${names(into)} AS columns`
  if (alike?.['columns'] === true) {
    // The rows are locked first, in the order in which their writers and the trigger take the locks.
    const mending = [
      'BEGIN',
      `SELECT FROM ${joined} FOR SHARE OF limbeck_row`,
      `DELETE FROM ${into} AS limbeck_copy USING ${table} AS limbeck_row WHERE ${sameKey} AND limbeck_copy::text IS DISTINCT FROM limbeck_row::text`,
      `INSERT INTO ${into} ${columnList(all)} SELECT ${all.map((column) => `limbeck_row.${quoteIdentifier(column)}`).join(', ')}
    FROM ${table} AS limbeck_row WHERE NOT EXISTS (SELECT FROM ${into} AS limbeck_copy WHERE ${sameKey}) FOR SHARE OF limbeck_row ON CONFLICT DO NOTHING`,
      'COMMIT',
    ]
    yield { patiently: mending.join(';\n') }
  }
  throw new MirrorDiffers(mirror, rows)
}

/** The same with the schema in which the table is found, whatever the search_path says later. */
export function* inItsSchema<Table extends TableReference>(
  table: Table,
): Course<Table & { readonly schema: string }> {
  const [found] =
    yield `SELECT nspname AS schema FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE c.oid = ${regclass({ ...table, name: table.table })}`
  return { ...table, schema: String(found?.['schema']) }
}

/** Finds the columns; or says what stands in the way of a mirror. */
export function* mirrorColumns(
  table: TableReference,
): Course<MirrorColumns | { readonly obstacles: readonly string[] }> {
  const relation = regclass({ ...table, name: table.table })
  const columns =
    yield `SELECT attname AS name, attgenerated <> '' AS generated FROM pg_attribute WHERE attrelid = ${relation} AND attnum > 0 AND NOT attisdropped ORDER BY attnum`
  const key =
    yield `SELECT attname AS name FROM pg_constraint CROSS JOIN LATERAL unnest(conkey) WITH ORDINALITY k (number, n)
  JOIN pg_attribute ON attrelid = conrelid AND attnum = number WHERE conrelid = ${relation} AND contype = 'p' ORDER BY n`
  const obstacles = [
    ...(key.length === 0 ? ['it has no primary key'] : []),
    ...columns.flatMap((row) =>
      row['generated'] === true ? [`the column ${row['name']} is generated`] : [],
    ),
  ]
  if (obstacles.length > 0) return { obstacles }
  return { all: columns.map((row) => String(row['name'])), key: key.map((row) => String(row['name'])) }
}

export function mirrorTable(mirror: Mirror): string {
  return qualifiedName({ ...inSchema(mirror), name: mirror.into })
}

function tuple(columns: readonly string[], record?: string): string {
  const prefix = record === undefined ? '' : `${record}.`
  return `(${columns.map((column) => `${prefix}${quoteIdentifier(column)}`).join(', ')})`
}

function mirrorName({ table, into, ...schema }: Mirror) {
  const name = derivedName('limbeck', 'mirror', table, into)
  return {
    function: qualifiedName({ ...inSchema(schema), name }),
    trigger: quoteIdentifier(derivedName('zz', name)),
    guard: quoteIdentifier(derivedName('zz', name, 'columns')),
  }
}
