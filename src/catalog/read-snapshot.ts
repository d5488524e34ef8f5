import type { Connection, Row } from '../connection/connection.ts'
import { type Dependency, dependencyQuery } from './dependencies.ts'
import { kinds } from './kinds.ts'
import type { Address, ObjectKind, Reading, ReadObject } from './object-kind.ts'
import { scopeOf } from './scope.ts'
import type { CatalogObject, Snapshot } from './snapshot.ts'

/**
 * Reads all of a database's schema in one message and one transaction: a query for each kind of object, whatever the number of objects. Names
 * and expressions are as the session's search_path makes PostgreSQL print them.
 */
export async function readSnapshot(
  connection: Connection,
  { ledgerSchema = 'limbeck' }: { readonly ledgerSchema?: string } = {},
): Promise<Snapshot> {
  const scope = scopeOf({ major: connection.major, ledgerSchema })
  const queries = [...kinds.values()].map((kind) => kind.query(scope))
  const results = await connection
    .run(
      [
        'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
        'SELECT current_schema() AS schema',
        dependencyQuery,
        ...queries,
        'COMMIT',
      ].join(';\n'),
    )
    .catch(async (error: unknown) => {
      await connection.reset()
      throw error
    })
  const [, current, depends, ...found] = results.map(({ rows }) => rows)
  const objects = readObjects(found, String(current?.[0]?.['schema']))
  return withNeeds(objects, depends as unknown as readonly Dependency[])
}

type Placed = ReadObject & { readonly kind: string; readonly address: string | null }

function readObjects(found: readonly (readonly Row[])[], currentSchema: string): readonly Placed[] {
  const objects: Placed[] = []
  const byAddress = new Map<string, Placed>()
  const reading: Reading = {
    inSchema: (schema) => (schema === currentSchema ? {} : { schema }),
    at: (address) => byAddress.get(addressText(address)),
  }
  ;[...kinds.values()].forEach((kind, at) => {
    for (const row of found[at] ?? []) {
      const object = placed(kind, row, reading)
      if (object === null) continue
      objects.push(object)
      if (object.address !== null) byAddress.set(object.address, object)
    }
  })
  return objects
}

function placed(kind: ObjectKind, row: Row, reading: Reading): Placed | null {
  const object = kind.read(row as never, reading)
  if (object === null) return null
  const address = row['classid'] === undefined ? null : addressText(row as unknown as Address)
  return { ...object, kind: kind.kind, address }
}

/** Every object with what it needs. What is known to pg_depend and is no object here is a part of one: of a view its rule. */
function withNeeds(objects: readonly Placed[], dependencies: readonly Dependency[]): Snapshot {
  const keys = new Map<string, string>()
  for (const { address, key } of objects) if (address !== null) keys.set(address, key)
  const wholes = new Map<string, string>()
  for (const dependency of dependencies)
    if (dependency.part && !keys.has(dependent(dependency)))
      wholes.set(dependent(dependency), referenced(dependency))

  const keyAt = (address: string): string | undefined => {
    const known = keys.get(address)
    if (known !== undefined) return known
    const whole = wholes.get(address)
    if (whole !== undefined && whole !== address) return keyAt(whole)
    // A column of what has no columns of its own here, such as a view.
    const [classid, objid, objsubid] = address.split(':')
    return objsubid === '0' ? undefined : keyAt(`${classid}:${objid}:0`)
  }
  const parents = new Map(objects.map(({ key, parent }) => [key, parent]))
  const isWithin = (key: string | undefined, whole: string): boolean =>
    key !== undefined && (key === whole || isWithin(parents.get(key), whole))
  const needs = new Map<string, Set<string>>(
    objects.map(({ key, parent, needs = [] }) => [
      key,
      new Set([...needs, ...(parent === undefined ? [] : [parent])]),
    ]),
  )
  for (const dependency of dependencies) {
    const [key, needed] = [keyAt(dependent(dependency)), keyAt(referenced(dependency))]
    if (key === undefined || needed === undefined) continue
    // A table whose partition key is an expression depends on a part of itself.
    if (!isWithin(needed, key)) needs.get(key)?.add(needed)
  }
  const known = (key: string) => needs.has(key)
  return new Map(
    objects.map(({ address: _, ...object }): [string, CatalogObject] => [
      object.key,
      { ...object, needs: [...(needs.get(object.key) ?? [])].filter(known) },
    ]),
  )
}

const addressText = ({ classid, objid, objsubid }: Address) => `${classid}:${objid}:${objsubid}`
const dependent = (of: Dependency) => addressText(of)
const referenced = (of: Dependency) => `${of.refclassid}:${of.refobjid}:${of.refobjsubid}`
