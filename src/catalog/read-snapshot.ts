import type { Connection, Row } from '../connection/connection.ts'
import { runPrepared } from '../connection/prepared.ts'
import { type Dependency, dependencyQuery } from './dependencies.ts'
import { kinds } from './kinds.ts'
import { AddressMap, type PlacedObject, withNeeds } from './needs.ts'
import type { Address, ObjectKind, Reading } from './object-kind.ts'
import { scopeOf } from './scope.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Reads all of a database's schema in one transaction: a query for each kind of object of which there may be any, whatever the number of
 * objects. Names and expressions are as the session's search_path makes PostgreSQL print them. In a transaction that is open, what that has made is read too.
 */
export async function readSnapshot(connection: Connection, options: SnapshotOptions = {}): Promise<Snapshot> {
  if (connection.transaction() === 'open') return readAll(connection, options)
  try {
    await connection.run('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const snapshot = await readAll(connection, options)
    await connection.run('COMMIT')
    return snapshot
  } catch (error) {
    await connection.reset()
    throw error
  }
}

export type SnapshotOptions = {
  readonly ledgerSchema?: string
  /** Whether the same session, which is the caller's alone, will be asked again: then it plans the queries, which is most of the work, once. Default: false. */
  readonly isAskedAgain?: boolean
}

async function readAll(
  connection: Connection,
  { ledgerSchema = 'limbeck', isAskedAgain = false }: SnapshotOptions,
): Promise<Snapshot> {
  const scope = scopeOf({ major: connection.major, ledgerSchema })
  const present = await presentKinds(connection)
  // Kinds that are read of the same rows ask for them once.
  const queries = present.map((kind) => kind.query(scope))
  const asked = [...new Set(queries)]
  const before = [...new Set(present.flatMap((kind) => kind.before?.(scope) ?? []))]
  for (const statement of before) await connection.run(statement)
  const texts = ['SELECT current_schema() AS schema', dependencyQuery, ...asked]
  const [current, depends, ...found] = await runPrepared(
    connection,
    texts.map((text) => ({ text, isOnce: !isAskedAgain })),
  )
  // None where no schema of the search_path is there.
  const schema = current?.[0]?.['schema'] ?? null
  const rows = new Map(present.map((kind, at) => [kind, found[asked.indexOf(queries[at] ?? '')] ?? []]))
  const objects = readObjects(rows, schema === null ? null : String(schema))
  return withNeeds(objects, depends as unknown as readonly Dependency[])
}

/** The kinds of which there may be an object: most databases have none of most of them. */
async function presentKinds(connection: Connection): Promise<readonly ObjectKind[]> {
  const traces = [...new Set([...kinds.values()].flatMap((kind) => kind.traces ?? []))]
  const columns = traces.map((rows, at) => `EXISTS (SELECT FROM ${rows}) AS "${at}"`)
  const [found] = await connection.run(`SELECT ${columns.join(', ')}`)
  const isThere = (rows: string | undefined) =>
    rows === undefined || found?.rows[0]?.[String(traces.indexOf(rows))] === true
  return [...kinds.values()].filter(({ traces: rows }) => isThere(rows))
}

function readObjects(
  found: ReadonlyMap<ObjectKind, readonly Row[]>,
  currentSchema: string | null,
): readonly PlacedObject[] {
  const objects: PlacedObject[] = []
  const byAddress = new AddressMap<PlacedObject>()
  const reading: Reading = {
    inSchema: (schema) => (schema === currentSchema ? {} : { schema }),
    at: (address) => byAddress.get(address)?.object,
  }
  for (const [kind, rows] of found) {
    for (const row of rows) {
      const object = kind.read(row as never, reading)
      if (object === null) continue
      const address = row['classid'] === undefined ? null : (row as unknown as Address)
      const placed = { object, kind: kind.kind, address }
      objects.push(placed)
      if (address !== null) byAddress.set(address, placed)
    }
  }
  return objects
}
