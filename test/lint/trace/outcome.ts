import { quotedName } from './identifier.ts'
import { type Measured, measure, type Relation, relationsNow, type Sessions, staysOpen } from './measure.ts'
import type { Migration } from './migration.ts'
import { failuresOf, type Probe, probesOf, visibleRows } from './probes.ts'
import type { Client } from './session.ts'

/** A database as it stands before or after a migration, with all that classes are made from. */
export type Standing = {
  readonly relations: ReadonlyMap<number, Relation>
  /** Of each table itself, without its children. */
  readonly rows: ReadonlyMap<number, number>
  readonly columns: ReadonlyMap<string, Column>
  /** As the application's role counts them, by name. */
  readonly visible: ReadonlyMap<string, number>
  /** SQLSTATEs of the probes that fail, by name. */
  readonly failures: ReadonlyMap<string, string>
}

export type Column = {
  readonly table: number
  readonly number: number
  readonly relation: string
  readonly name: string
  readonly generated: boolean
}

/** A template database and what is known of it; migrations run on copies. */
export type Original = {
  readonly database: string
  readonly withRows: boolean
  readonly probes: readonly Probe[]
  readonly standing: Standing
  /** Of each column's values, by key. */
  readonly digests: ReadonlyMap<string, string>
}

/** One migration on one copy. */
export type Outcome = {
  readonly before: Standing
  readonly after: Standing
  readonly measured: readonly Measured[]
  /** Columns that are gone, though their values are in no new column either. */
  readonly lostColumns: readonly string[]
}

export async function originalOf(
  client: Client,
  { database, withRows }: Pick<Original, 'database' | 'withRows'>,
): Promise<Original> {
  await client.run('BEGIN')
  const probes = await probesOf(client)
  const standing = await standingOf(client, { probes, withRows })
  const digests = withRows ? await digestsOf(client, [...standing.columns]) : new Map()
  await client.run('ROLLBACK')
  return { database, withRows, probes, standing, digests }
}

/** What was not committed is taken back, so that the copy can be used again. */
export async function outcomeOf(
  sessions: Sessions,
  { migration, original }: { readonly migration: Migration; readonly original: Original },
): Promise<Outcome> {
  const measured = await measure(sessions, migration)
  const isOpen = staysOpen(migration)
  if (isOpen && measured.some(({ error }) => error)) {
    await sessions.main.run('ROLLBACK')
    return { before: original.standing, after: original.standing, measured, lostColumns: [] }
  }
  const client = isOpen ? sessions.main : sessions.other
  if (!isOpen) await client.run('BEGIN')
  const after = await standingOf(client, original)
  const lostColumns = await lostColumnsOf(client, { original, after })
  await client.run('ROLLBACK')
  return { before: original.standing, after, measured, lostColumns }
}

async function standingOf(
  client: Client,
  { probes, withRows }: { readonly probes: readonly Probe[]; readonly withRows: boolean },
): Promise<Standing> {
  const relations = await relationsNow(client)
  const columns = await client.rows<Column & { key: string }>(columnsSql)
  return {
    relations,
    rows: await rowCounts(client, relations),
    columns: new Map(columns.map((column) => [column.key, column])),
    visible: withRows ? await visibleRows(client) : new Map(),
    failures: await failuresOf(client, { probes, withRows }),
  }
}

async function rowCounts(
  client: Client,
  relations: ReadonlyMap<number, Relation>,
): Promise<ReadonlyMap<number, number>> {
  const tables = [...relations.values()].filter(({ kind }) => kind === 'r')
  const counts = tables.map(
    ({ oid, name }) => `SELECT ${oid} AS oid, count(*)::int AS rows FROM ONLY ${quotedName(name)}`,
  )
  const rows = await client.rows<{ oid: number; rows: number }>(counts.join(' UNION ALL '))
  return new Map(rows.map(({ oid, rows }) => [oid, rows]))
}

const columnsSql = `
  SELECT c.oid::text || '.' || a.attnum AS key, c.oid AS table, a.attnum AS number,
    CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS relation, a.attname AS name,
    a.attgenerated <> '' AS generated
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
    AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped`

async function digestsOf(
  client: Client,
  columns: readonly (readonly [string, Column])[],
): Promise<ReadonlyMap<string, string>> {
  const queries = columns.map(
    ([key, { relation, name }]) => `SELECT '${key}' AS key,
      md5(string_agg(coalesce("${name}"::text, ''), ',' ORDER BY "${name}"::text COLLATE "C")) AS digest FROM ${quotedName(relation)}`,
  )
  if (queries.length === 0) return new Map()
  const rows = await client.rows<{ key: string; digest: string }>(queries.join(' UNION ALL '))
  return new Map(rows.map(({ key, digest }) => [key, digest]))
}

/** A column of a table that is gone is not counted: its rows are. */
async function lostColumnsOf(
  client: Client,
  { original, after }: { readonly original: Original; readonly after: Standing },
): Promise<readonly string[]> {
  const before = original.standing
  const gone = [...before.columns].filter(
    ([key, { table, generated }]) => after.relations.has(table) && !after.columns.has(key) && !generated,
  )
  if (gone.length === 0) return []
  const fresh = [...after.columns].filter(([key]) => !before.columns.has(key))
  const kept = new Set(original.withRows ? (await digestsOf(client, fresh)).values() : [])
  return gone
    .filter(([key]) => !kept.has(original.digests.get(key) ?? ''))
    .map(([, { relation, name }]) => `${relation}.${name}`)
}
