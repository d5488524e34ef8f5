import { catalogText } from '../../src/catalog/catalog-text.ts'
import type { Session, TestDatabase } from '../servers/databases.ts'

/** What a database holds, as texts that can be compared. */
export type State = {
  readonly schema: string
  readonly rows: string
  /** The revisions that are recorded as applied. */
  readonly applied: string
  /** All else that the ledger knows, but not how many attempts it took. */
  readonly ledger: string
}

/** In a schema: an index or a constraint that PostgreSQL does not rely on. */
export const invalid = /\bvalid f\b/

/** Reads everything in a database. What is made anew by each run (`now()`, `gen_random_uuid()`) is left out. */
export async function readState(database: TestDatabase): Promise<State> {
  await using session = await database.connect()
  await session.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL timezone = 'UTC'`)
  const [known] = await session.query(`SELECT to_regclass('limbeck.format') AS ledger`)
  return {
    schema: (await catalogText(session.query)).join('\n'),
    rows: await text(session, await rowsText(session)),
    applied: known?.['ledger'] === null ? '' : await text(session, appliedText),
    ledger: known?.['ledger'] === null ? '' : await text(session, ledgerText),
  }
}

async function text(session: Session, sql: string): Promise<string> {
  const [row] = await session.query<{ text: string }>(sql)
  return row!.text
}

/** Columns that are filled anew by each run of a backfill. */
const volatile: { readonly [table: string]: string } = {
  user_preferences: `ARRAY['id', 'created_at', 'updated_at']`,
}

async function rowsText(session: Session): Promise<string> {
  const tables = await session.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  )
  const rows = tables.map(
    ({ name }) =>
      `SELECT '${name} ' || (to_jsonb(t) - ${volatile[name] ?? `'{}'::text[]`})::text AS row FROM ${name} t`,
  )
  return lines(['SELECT NULL AS row', ...rows].join(' UNION ALL '))
}

const appliedText = lines('SELECT id AS row FROM limbeck.revision')

/** A backfill's cursors and counts are here: they tell whether a row was done twice or not at all. */
const ledgerText = lines(`
  SELECT concat_ws(' ', revision, direction, status, error ->> 'message') AS row FROM limbeck.run
  UNION ALL
  SELECT concat_ws(' ', revision, direction, ordinal, stage.status, title) FROM limbeck.run JOIN limbeck.stage ON run = id
  UNION ALL
  SELECT concat_ws(' ', revision, direction, stage, ordinal, cursor, upper, rows_scanned, rows_written)
  FROM limbeck.run JOIN limbeck.backfill_range ON run = id`)

function lines(rows: string): string {
  return `SELECT coalesce(string_agg(row, E'\\n' ORDER BY row COLLATE "C"), '') AS text FROM (${rows}) rows`
}
