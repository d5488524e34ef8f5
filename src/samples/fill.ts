import { answeringBlock } from '../sql/answering-block.ts'
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
    ...loud.map((trigger) => setTrigger(trigger, 'DISABLE')),
  ]
  const filling = answeringBlock(able.map(insertion), fillingBlock)
  const after = [
    ...loud.map((trigger) => setTrigger(trigger, `ENABLE ${trigger.enabled}`)),
    isOpen ? restoreRole : 'COMMIT',
  ]
  // Whether a row has to go is known only then.
  const mayHaveOrphans = able.some(({ foreignKeys }) => foreignKeys.length > 0)
  const statements = [...before, ...filling, ...able.flatMap(sequenceMoves), ...(mayHaveOrphans ? [] : after)]
  const results = await connection.run(statements.join(';\n'))
  const found = results[before.length + 1]?.rows[0]?.['answer'] as readonly Answer[] | undefined
  const answers = able.map((_, at) => found?.[at] ?? { inserted: 0, reason: null })
  const isShort = able.map((table, at) => (answers[at]?.inserted ?? 0) < table.rows)
  const removed = await removeOrphans(connection, { tables: able, isNeeded: isShort.includes(true) })
  if (mayHaveOrphans) await connection.run(after.join(';\n'))
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

type Answer = { readonly inserted: number; readonly reason: string | null }

/** All rows at once; where one is refused, each by itself, without what may itself be refused. */
const fillingBlock = {
  declare: `one jsonb;
  tuple text;
  inserted integer;
  reason text;
  rows integer;`,
  body: `FOR one IN SELECT * FROM jsonb_array_elements(given) LOOP
    inserted := 0;
    reason := NULL;
    BEGIN
      EXECUTE (one->>'head') || (SELECT string_agg(value, ', ' ORDER BY ordinality) FROM jsonb_array_elements_text(one->'tuples') WITH ORDINALITY)
        || (one->>'tail') || (one->>'conflict');
      GET DIAGNOSTICS inserted = ROW_COUNT;
    EXCEPTION WHEN OTHERS THEN
      FOR tuple IN SELECT * FROM jsonb_array_elements_text(one->'tuples') LOOP
        BEGIN
          EXECUTE (one->>'head') || tuple || (one->>'tail');
          GET DIAGNOSTICS rows = ROW_COUNT;
          inserted := inserted + rows;
        EXCEPTION WHEN OTHERS THEN
          reason := SQLERRM;
        END;
      END LOOP;
    END;
    answer := answer || jsonb_build_object('inserted', inserted, 'reason', reason);
  END LOOP;`,
}

function setTrigger({ schema, table, name }: LoudTrigger, action: string): string {
  return `ALTER TABLE ${qualifiedName({ schema, name: table })} ${action} TRIGGER ${quoteIdentifier(name)}`
}

function insertion(table: SampleTable) {
  const columns = table.columns.filter(({ isGenerated }) => !isGenerated).map(({ name }) => name)
  const names = columns.length === 0 ? '' : ` ${columnList(columns)} OVERRIDING SYSTEM VALUE`
  const values = columns.length === 0 ? 'SELECT FROM (VALUES ' : 'VALUES '
  const head = `INSERT INTO ${qualifiedName(table)}${names} ${values}`
  const conflict = table.takesOnConflict ? ' ON CONFLICT DO NOTHING' : ''
  const tail = columns.length === 0 ? ') AS row' : ''
  const rows = Array.from({ length: table.rows }, (_, n) => {
    const literals = rowLiterals(table, n)
    const row = columns.map((name) => literals.get(name) ?? 'NULL')
    return `(${columns.length === 0 ? n : row.join(', ')})`
  })
  return { head, tuples: rows, tail, conflict }
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
  { answer, removed }: { readonly answer: Answer | undefined; readonly removed: number },
): Filled['tables'] {
  const rows = (answer?.inserted ?? 0) - removed
  const said = answer?.reason ?? reason
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
