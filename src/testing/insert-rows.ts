import type { Connection, Row } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import { sampleRow } from '../samples/row.ts'
import { readSampleTables } from '../samples/table.ts'
import { columnList } from '../sql/identifier.ts'

/** Rows by table, as SQL writes its name. What a row does not say and has to have gets a sample value. */
export type RowsByTable = { readonly [table: string]: readonly Row[] }

/** Rows for a table that is not there. */
export class TableUnknown extends LimbeckError {
  readonly code = 'TABLE_UNKNOWN'
  readonly table: string

  constructor(table: string, at: string) {
    super(`There is no table ${table} ${at}.`, {
      hint: 'Write its name as SQL does: "Users" in quotes, app.users with its schema.',
    })
    this.table = table
  }
}

/** Inserts rows, table by table in the order in which they are given. `at`: where the database stands, for who has it wrong. */
export async function insertRows(connection: Connection, rows: RowsByTable, at: string): Promise<void> {
  for (const [table, all] of Object.entries(rows)) {
    const oid = await oidOf(connection, table)
    if (oid === null) throw new TableUnknown(table, at)
    const required = await requiredColumns(connection, oid)
    for (const [n, row] of all.entries()) {
      const given = Object.keys(row)
      const lacking = required.filter((column) => !given.includes(column))
      const samples = lacking.length === 0 ? new Map() : await samplesOf(connection, oid, n)
      await connection.query(insertion({ table, given, lacking, samples }), [json(row)])
    }
  }
}

async function oidOf(connection: Connection, table: string): Promise<number | null> {
  const { rows } = await connection.query('SELECT to_regclass($1)::oid::bigint::text AS oid', [table])
  const oid = rows[0]?.['oid'] ?? null
  return oid === null ? null : Number(oid)
}

/** Those that may not be NULL and have nothing to say themselves. */
async function requiredColumns(connection: Connection, oid: number): Promise<readonly string[]> {
  const { rows } = await connection.query(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped AND attnotnull AND NOT atthasdef AND attidentity = ''
     ORDER BY attnum`,
    [String(oid)],
  )
  return rows.map(({ name }) => String(name))
}

async function samplesOf(
  connection: Connection,
  oid: number,
  n: number,
): Promise<ReadonlyMap<string, string>> {
  const table = (await readSampleTables(connection)).find((one) => one.oid === oid)
  return table === undefined ? new Map() : sampleRow(table, table.rows + n)
}

function insertion({
  table,
  given,
  lacking,
  samples,
}: {
  readonly table: string
  readonly given: readonly string[]
  readonly lacking: readonly string[]
  readonly samples: ReadonlyMap<string, string>
}): string {
  const names = [...given, ...lacking]
  const read = given.length === 0 ? [] : [columnList(given).slice(1, -1)]
  const values = [...read, ...lacking.map((column) => samples.get(column) ?? 'NULL')]
  return `INSERT INTO ${table} ${names.length === 0 ? '' : `${columnList(names)} OVERRIDING SYSTEM VALUE`}
    SELECT ${values.join(', ')} FROM jsonb_populate_record(NULL::${table}, $1::jsonb)`
}

/** Text for what JSON has no value for and PostgreSQL reads. */
function json(row: Row): string {
  return JSON.stringify(row, (_, value) =>
    typeof value === 'bigint'
      ? value.toString()
      : value instanceof Uint8Array
        ? `\\x${Buffer.from(value).toString('hex')}`
        : value,
  )
}
