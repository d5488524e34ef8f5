import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { quiet } from './passing.ts'
import { rowLiterals } from './row.ts'
import type { LoudTrigger, SampleForeignKey, SampleTable } from './sample-table.ts'
import { readSampleTables, type SampleConnection, type SampleOptions } from './table.ts'

/** What has become of each table, and of each partition that can have no rows. */
export type Filled = {
  readonly tables: readonly {
    readonly schema: string
    readonly table: string
    /** How many went in. */
    readonly rows: number
    /** Why none could be made. */
    readonly reason: string | null
  }[]
}

/**
 * Puts sample rows into each table, in a transaction of its own where none is open. No trigger of the user's fires where the role may
 * see to that. A table that cannot be filled is no error: it says why.
 */
export async function fillWithSamples(
  connection: SampleConnection,
  options: SampleOptions = {},
): Promise<Filled> {
  return fillTables(connection, await readSampleTables(connection, options))
}

/** The same with tables that are read already. */
export async function fillTables(
  connection: Pick<SampleConnection, 'run' | 'transaction'>,
  tables: readonly SampleTable[],
): Promise<Filled> {
  const able = tables.filter(({ rows }) => rows > 0)
  const isOpen = connection.transaction() === 'open'
  const loud = able.flatMap(({ loudTriggers }) => loudTriggers)
  const before = [
    // In a transaction of others constraints that are deferred stay so.
    ...(isOpen ? [saveRole] : ['BEGIN', 'SET CONSTRAINTS ALL IMMEDIATE']),
    quiet({ triggers: isOpen || able.some(({ hasTriggers }) => hasTriggers) || refersAhead(able) }),
    fillFunction,
    ...loud.map((trigger) => setTrigger(trigger, 'DISABLE')),
  ]
  const statements = [...before, ...able.map(insertion), ...able.flatMap(sequenceMoves)]
  const results = await connection.run(statements.join(';\n'))
  const answers = able.map((_, at) => results[before.length + at]?.rows[0] ?? {})
  const isShort = able.map((table, at) => Number(answers[at]?.['inserted'] ?? 0) < table.rows)
  const removed = await removeOrphans(connection, { tables: able, isNeeded: isShort.includes(true) })
  await connection.run(
    [
      ...loud.map((trigger) => setTrigger(trigger, `ENABLE ${trigger.enabled}`)),
      'DROP FUNCTION pg_temp.limbeck_fill(text, text[], text, text)',
      isOpen ? restoreRole : 'COMMIT',
    ].join(';\n'),
  )
  return {
    tables: tables.flatMap((table) =>
      outcome(table, { answer: answers[able.indexOf(table)], removed: removed.get(table) ?? 0 }),
    ),
  }
}

/** Whether a row may refer to one that comes after it, or to a table that has other rows already: then no foreign key is looked at. */
function refersAhead(tables: readonly SampleTable[]): boolean {
  const nameOf = ({ schema, name }: SampleForeignKey['target']) => JSON.stringify([schema, name])
  const places = new Map(tables.map((table, at) => [nameOf(table), at]))
  return tables.some(({ foreignKeys }, at) =>
    foreignKeys.some(({ target }) => (places.get(nameOf(target)) ?? tables.length) > at),
  )
}

/** In a transaction of others the setting is theirs again when all is done. */
const saveRole = `SELECT set_config('limbeck.session_replication_role', current_setting('session_replication_role'), true)`

const restoreRole = `DO $limbeck$
BEGIN
  PERFORM set_config('session_replication_role', current_setting('limbeck.session_replication_role'), true);
EXCEPTION WHEN insufficient_privilege THEN
  NULL;
END
$limbeck$`

/** All rows at once; where one is refused, each by itself, without what may itself be refused. */
const fillFunction = `CREATE FUNCTION pg_temp.limbeck_fill(head text, tuples text[], tail text, conflict text, OUT inserted integer, OUT reason text) LANGUAGE plpgsql AS $limbeck$
DECLARE
  tuple text;
  one integer;
BEGIN
  BEGIN
    EXECUTE head || array_to_string(tuples, ', ') || tail || conflict;
    GET DIAGNOSTICS inserted = ROW_COUNT;
    RETURN;
  EXCEPTION WHEN OTHERS THEN
    inserted := 0;
  END;
  FOREACH tuple IN ARRAY tuples LOOP
    BEGIN
      EXECUTE head || tuple || tail;
      GET DIAGNOSTICS one = ROW_COUNT;
      inserted := inserted + one;
    EXCEPTION WHEN OTHERS THEN
      reason := SQLERRM;
    END;
  END LOOP;
END
$limbeck$`

function setTrigger({ schema, table, name }: LoudTrigger, action: string): string {
  return `ALTER TABLE ${qualifiedName({ schema, name: table })} ${action} TRIGGER ${quoteIdentifier(name)}`
}

function insertion(table: SampleTable): string {
  const columns = table.columns.filter(({ isGenerated }) => !isGenerated).map(({ name }) => name)
  const names = columns.length === 0 ? '' : ` ${columnList(columns)} OVERRIDING SYSTEM VALUE`
  const values = columns.length === 0 ? 'SELECT FROM (VALUES ' : 'VALUES '
  const head = `INSERT INTO ${qualifiedName(table)}${names} ${values}`
  const conflict = table.takesOnConflict ? ' ON CONFLICT DO NOTHING' : ''
  const tail = columns.length === 0 ? ') AS row' : ''
  const rows = Array.from({ length: table.rows }, (_, n) => {
    const literals = rowLiterals(table, n)
    const row = columns.map((name) => literals.get(name) ?? 'NULL')
    return quoteLiteral(`(${columns.length === 0 ? n : row.join(', ')})`)
  })
  return `SELECT * FROM pg_temp.limbeck_fill(${quoteLiteral(head)}, ARRAY[${rows.join(', ')}], ${quoteLiteral(tail)}, ${quoteLiteral(conflict)})`
}

/** A sequence goes on behind the greatest number of its column; one that counts down, below the least. */
function sequenceMoves(table: SampleTable): readonly string[] {
  return table.columns.flatMap((column) =>
    column.sequences.map((sequence) => {
      const name = quoteLiteral(sequence)
      const number = `${quoteIdentifier(column.name)}::text::numeric`
      return `DO ${quoteLiteral(`
DECLARE
  kept record;
  used record;
BEGIN
  SELECT s.*, last_value AS at INTO kept FROM pg_sequence s, ${sequence} WHERE seqrelid = ${name}::regclass;
  SELECT max(${number}) AS greatest, min(${number}) AS least INTO used FROM ${qualifiedName(table)};
  IF kept.seqincrement > 0 AND used.greatest >= kept.at THEN
    PERFORM setval(${name}, LEAST(used.greatest, kept.seqmax)::bigint);
  ELSIF kept.seqincrement < 0 AND used.least <= kept.at THEN
    PERFORM setval(${name}, GREATEST(used.least, kept.seqmin)::bigint);
  END IF;
EXCEPTION WHEN OTHERS THEN
  NULL;
END`)}`
    }),
  )
}

type Removed = ReadonlyMap<SampleTable, number>

/** Foreign keys may not have been looked at: where a row is missing, those that refer to it go. */
async function removeOrphans(
  connection: Pick<SampleConnection, 'run'>,
  { tables, isNeeded }: { readonly tables: readonly SampleTable[]; readonly isNeeded: boolean },
): Promise<Removed> {
  const removed = new Map<SampleTable, number>()
  const asked = tables.flatMap((table) =>
    table.foreignKeys.map((key) => ({ table, sql: orphans(table, key) })),
  )
  for (let isLeft = isNeeded && asked.length > 0; isLeft; ) {
    const results = await connection.run(asked.map(({ sql }) => sql).join(';\n'))
    results.forEach(({ rowCount }, at) => {
      const table = asked[at]?.table
      if (table !== undefined) removed.set(table, (removed.get(table) ?? 0) + (rowCount ?? 0))
    })
    isLeft = results.some(({ rowCount }) => (rowCount ?? 0) > 0)
  }
  return removed
}

function orphans(
  table: SampleTable,
  { columns, target, targetColumns }: SampleTable['foreignKeys'][number],
): string {
  const isSaid = columns.map((name) => `child.${quoteIdentifier(name)} IS NOT NULL`)
  const isSame = columns.map(
    (name, at) => `parent.${quoteIdentifier(targetColumns[at] ?? '')} = child.${quoteIdentifier(name)}`,
  )
  return `DELETE FROM ${qualifiedName(table)} AS child WHERE ${isSaid.join(' AND ')}
    AND NOT EXISTS (SELECT FROM ${qualifiedName(target)} AS parent WHERE ${isSame.join(' AND ')})`
}

function outcome(
  { schema, name, rows: asked, reason, empty }: SampleTable,
  {
    answer,
    removed,
  }: { readonly answer: Readonly<Record<string, unknown>> | undefined; readonly removed: number },
): Filled['tables'] {
  const rows = Number(answer?.['inserted'] ?? 0) - removed
  const said = answer?.['reason'] == null ? reason : String(answer['reason'])
  const whole = {
    schema,
    table: name,
    rows,
    reason: rows > 0 ? null : (said ?? `none of ${asked} rows went in`),
  }
  return [
    whole,
    ...empty.map((place) => ({ schema: place.schema, table: place.name, rows: 0, reason: place.reason })),
  ]
}
