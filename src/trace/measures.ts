import { hasFewRows } from './given-rows.ts'
import { countsBetween, type Look } from './look.ts'
import { notedWork } from './notes.ts'
import type { BuiltIndex, Observation, ObservedError, WrittenRows } from './observation.ts'
import { type Picture, type PicturedRelation, relationName } from './picture.ts'
import type { TracedStatement } from './subject.ts'

/** A statement that was run, with what was seen before it and after it. */
export type StatementRun = {
  readonly statement: TracedStatement
  readonly before: Picture
  readonly after: Picture
  readonly notes: readonly string[]
  readonly error: ObservedError | null
  readonly seen: Look
  readonly now: Look
}

export type Measures = {
  readonly rewrites: readonly string[]
  readonly scans: readonly string[]
  readonly indexesBuilt: readonly BuiltIndex[]
  readonly written: readonly WrittenRows[]
  readonly madeRows: number
}

/** What a statement did to relations that were there before the migration. `rows`: how many each had before it, and of which they are `given`. */
export function measured(
  run: StatementRun,
  { old, rows, given }: Pick<Observation, 'old' | 'rows' | 'given'>,
): Measures {
  const { before, notes, seen, now } = run
  const noted = notedWork(notes)
  const there = [...before.values()].filter(({ oid }) => old.has(oid))
  const called = (name: string) =>
    there.filter((one) => one.name === name && one.table === null).map(relationName)
  const counted = there.map((relation) => ({ relation, counts: countsBetween(seen, now, relation.oid) }))
  const scanned = counted.filter(({ relation: { oid }, counts }) => {
    const all = rows.get(oid) ?? 0
    return all > 0 && counts.read >= all && !hasFewRows(oid, { given, rows, before })
  })
  const checked = there.filter(
    (relation) => isValidated(relation, noted.validated, now) || isOfDomain(relation, run),
  )
  return {
    rewrites: unique([...renewed(there, run).map(relationName), ...noted.rewritten.flatMap(called)]),
    scans: unique([
      ...scanned.map(({ relation }) => relationName(relation)),
      ...noted.verified.flatMap(called),
      ...checked.map(relationName),
    ]),
    indexesBuilt: noted.built.flatMap(({ index, table }) =>
      called(table).map((name) => ({ index, table: name })),
    ),
    written: counted
      .filter(({ relation: { kind } }) => kind !== 'm')
      .filter(({ counts }) => counts.inserted + counts.updated + counts.deleted > 0)
      .map(({ relation, counts: { inserted, updated, deleted } }) => ({
        relation: relationName(relation),
        oid: relation.oid,
        of: rows.get(relation.oid) ?? 0,
        inserted,
        updated,
        deleted,
      })),
    madeRows: [...now.counts.keys()]
      .filter((oid) => !old.has(oid))
      .reduce((sum, oid) => sum + countsBetween(seen, now, oid).inserted, 0),
  }
}

/** Those that have another file; TRUNCATE gives one too, and nothing is written into it. */
function renewed(
  there: readonly PicturedRelation[],
  { statement, after }: StatementRun,
): readonly PicturedRelation[] {
  if (statement.parsed.tree.kind === 'TruncateStmt') return []
  return there.filter(
    ({ oid, file, kind }) => kind !== 'S' && file !== 0 && (after.get(oid)?.file ?? file) !== file,
  )
}

function isValidated({ oid }: PicturedRelation, keys: readonly string[], { foreignKeys }: Look): boolean {
  return foreignKeys.some((key) => key.oid === oid && keys.includes(key.name))
}

/** Where a domain's check fails on the rows it was tried without them, and PostgreSQL notes nothing of it. */
function isOfDomain({ oid, kind }: PicturedRelation, { statement, error, now }: StatementRun): boolean {
  const isTriedWithout = statement.parsed.tree.kind === 'AlterDomainStmt' && error?.when === 'rows'
  return isTriedWithout && kind === 'r' && (now.locks.get(oid) ?? []).includes('Share')
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}
