import { LimbeckError } from '../error.ts'
import { columnList, derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { dollarQuote } from '../sql/literal.ts'
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
      hint: `Find out what writes past the trigger on ${table} (session_replication_role, ALTER TABLE … DISABLE TRIGGER). Downgrade and upgrade again to begin with a new copy.`,
    })
    this.table = table
    this.mirror = into
    this.rows = rows
  }
}

/** The columns of a table that take a value, and those of its key, as text for SQL. */
export type MirrorColumns = { readonly all: readonly string[]; readonly key: readonly string[] }

/** Statements that make the trigger by which each write to the table is done to the other one too. */
export function createMirror(mirror: Mirror, { all, key }: MirrorColumns): readonly string[] {
  const name = mirrorName(mirror)
  const into = mirrorTable(mirror)
  const same = (record: string) => `${tuple(key)} = ${tuple(key, record)}`
  const others = all.filter((column) => !key.includes(column)).map(quoteIdentifier)
  const update =
    others.length === 0
      ? 'NOTHING'
      : `UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`
  return [
    `CREATE FUNCTION ${name.function}() RETURNS trigger LANGUAGE plpgsql AS ${dollarQuote(`
#variable_conflict use_column
BEGIN
  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND ${tuple(key, 'OLD')} IS DISTINCT FROM ${tuple(key, 'NEW')} THEN
    DELETE FROM ${into} WHERE ${same('OLD')};
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO ${into} ${columnList(all)} SELECT NEW.* ON CONFLICT ${columnList(key)} DO ${update};
  END IF;
  RETURN NULL;
END
`)}`,
    `CREATE TRIGGER ${name.trigger} AFTER INSERT OR UPDATE OR DELETE ON ${tableName(mirror)} FOR EACH ROW EXECUTE FUNCTION ${name.function}()`,
  ]
}

export function dropMirror(mirror: Mirror): readonly string[] {
  const name = mirrorName(mirror)
  return [`DROP TRIGGER ${name.trigger} ON ${tableName(mirror)}`, `DROP FUNCTION ${name.function}()`]
}

/** Copies the rows that were there before the trigger, in batches. */
export function copyRows(mirror: Mirror): BackfillStep {
  return {
    run: 'backfill',
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
 * Compares each row with its copy; throws `MirrorDiffers`. A row that was deleted in a REPEATABLE READ transaction which began
 * before its copy was committed has left that copy behind: such ones are deleted.
 */
export function* compareRows(mirror: Mirror, { key }: MirrorColumns): Course {
  const [table, into] = [tableName(mirror), mirrorTable(mirror)]
  const sameKey = `${tuple(key, 't')} = ${tuple(key, 'm')}`
  yield { patiently: `DELETE FROM ${into} m WHERE NOT EXISTS (SELECT FROM ${table} t WHERE ${sameKey})` }
  const [counted] = yield {
    patiently: `SELECT count(*) AS count FROM ${table} t LEFT JOIN ${into} m ON ${sameKey} WHERE m::text IS DISTINCT FROM t::text`,
  }
  const rows = Number(counted?.['count'])
  if (rows > 0) throw new MirrorDiffers(mirror, rows)
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
  }
}
