import type { Connection, Row } from '../connection/connection.ts'
import { type Dependency, dependencyQuery } from './dependencies.ts'
import { kinds } from './kinds.ts'
import { AddressMap, type PlacedObject, withNeeds } from './needs.ts'
import type { Address, Reading } from './object-kind.ts'
import { scopeOf } from './scope.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Reads all of a database's schema in one message and one transaction: a query for each kind of object, whatever the number of objects. Names
 * and expressions are as the session's search_path makes PostgreSQL print them. In a transaction that is open, what that has made is read too.
 */
export async function readSnapshot(
  connection: Connection,
  { ledgerSchema = 'limbeck' }: { readonly ledgerSchema?: string } = {},
): Promise<Snapshot> {
  const scope = scopeOf({ major: connection.major, ledgerSchema })
  // Kinds that are read of the same rows ask for them once.
  const queries = [...kinds.values()].map((kind) => kind.query(scope))
  const asked = [...new Set(queries)]
  const all = ['SELECT current_schema() AS schema', dependencyQuery, ...asked]
  const results = await (connection.transaction() === 'idle'
    ? inTransaction(connection, all)
    : connection.run(all.join(';\n')))
  const [current, depends, ...found] = results.map(({ rows }) => rows)
  // None where no schema of the search_path is there.
  const schema = current?.[0]?.['schema'] ?? null
  const rows = queries.map((query) => found[asked.indexOf(query)] ?? [])
  const objects = readObjects(rows, schema === null ? null : String(schema))
  return withNeeds(objects, depends as unknown as readonly Dependency[])
}

async function inTransaction(connection: Connection, queries: readonly string[]) {
  const whole = ['BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', ...queries, 'COMMIT'].join(';\n')
  try {
    return (await connection.run(whole)).slice(1, -1)
  } catch (error) {
    await connection.reset()
    throw error
  }
}

function readObjects(
  found: readonly (readonly Row[])[],
  currentSchema: string | null,
): readonly PlacedObject[] {
  const objects: PlacedObject[] = []
  const byAddress = new AddressMap<PlacedObject>()
  const reading: Reading = {
    inSchema: (schema) => (schema === currentSchema ? {} : { schema }),
    at: (address) => byAddress.get(address)?.object,
  }
  ;[...kinds.values()].forEach((kind, at) => {
    for (const row of found[at] ?? []) {
      const object = kind.read(row as never, reading)
      if (object === null) continue
      const address = row['classid'] === undefined ? null : (row as unknown as Address)
      const placed = { object, kind: kind.kind, address }
      objects.push(placed)
      if (address !== null) byAddress.set(address, placed)
    }
  })
  return objects
}
