import type { Connection } from '../connection/connection.ts'
import type { Observation } from './observation.ts'
import { type Picture, relationName } from './picture.ts'
import { sampleCounts } from './sample-counts.ts'

/** Whoever fills a table in the schema itself with fewer rows than these has codes in it, or a version: it does not grow. */
const few = 20

/** Tables with rows of the schema's own, by their oid, with what they are parts of. `connection`: to the copy that has no samples. */
export async function givenRows(connection: Connection, picture: Picture): Promise<ReadonlySet<number>> {
  const given = new Set<number>()
  const take = (oid: number) => {
    given.add(oid)
    for (const parent of picture.get(oid)?.parents ?? []) take(parent)
  }
  for (const [oid, rows] of await sampleCounts(connection, picture)) if (rows > 0) take(oid)
  return given
}

/** Whether the rows of a relation, by its name, are the schema's own. */
export function isGiven(name: string, { given, before }: Pick<Observation, 'given' | 'before'>): boolean {
  return [...given].some((oid) => {
    const relation = before.get(oid)
    return relation !== undefined && relationName(relation) === name
  })
}

/** Whether a table has a handful of rows, and it is known that it has no more. A partition has what falls to it. */
export function hasFewRows(
  oid: number,
  { given, rows, before }: Pick<Observation, 'given' | 'rows' | 'before'>,
): boolean {
  const isPart = (before.get(oid)?.parents.length ?? 0) > 0
  return given.has(oid) && !isPart && (rows.get(oid) ?? 0) < few
}
