import { LimbeckError } from '../error.ts'
import { buildGraph, DuplicateRevision, type Graph, type StandIn } from './graph.ts'
import { RevisionCycle } from './order.ts'
import { entryId, replacedIds, waysOf } from './replaces.ts'
import type { Revision } from './revision.ts'

/** What a database has: what is applied, and of what a run was begun that has not come to its end. */
export type Held = { readonly applied: ReadonlySet<string>; readonly begun: ReadonlySet<string> }

/** The revisions as they stand in a database. */
export type Placed = {
  readonly graph: Graph
  /** By the id of a revision that stands, the ids that it replaces and that the database has recorded. */
  readonly heldAs: ReadonlyMap<string, readonly string[]>
}

/** One revision is replaced by two others, neither of which replaces the other. */
export class ReplacedTwice extends LimbeckError {
  readonly code = 'REPLACED_TWICE'
  readonly id: string
  readonly files: readonly [string, string]

  constructor(id: string, files: readonly [string, string]) {
    super(`Revision ${id} is replaced in two files: ${files.join(' and ')}.`, {
      hint: 'Keep the one that was brought out first, delete the other, and squash the rest anew.',
    })
    this.id = id
    this.files = files
  }
}

/** A database has a part of what a revision replaces, and the files of the rest are gone. */
export class ReplacedMissing extends LimbeckError {
  readonly code = 'REPLACED_MISSING'
  /** The revision that replaces them. */
  readonly revision: string
  readonly missing: readonly string[]

  constructor(
    { id, file }: Revision,
    { has, missing }: { has: readonly string[]; missing: readonly string[] },
  ) {
    super(
      `The database has ${has.join(', ')} of what ${id} (${file}) replaces, and ${missing.join(', ')} ${missing.length === 1 ? 'has' : 'have'} no file.`,
      {
        hint: `Bring ${missing.length === 1 ? 'its file' : 'their files'} back from version control and run "limbeck upgrade". Or do by hand what is lacking, and say "limbeck stamp" with the head.`,
      },
    )
    this.revision = id
    this.missing = missing
  }
}

const nothingHeld: Held = { applied: new Set(), begun: new Set() }

/**
 * Who stands where one revision replaces others: the one, where a database has all of them, or none; the others, while it has a
 * part of them or is at one of them. Who names what does not stand means what stands in its place. `partial`: what to do where
 * the others would have to stand and have no files.
 */
export function placeRevisions(
  revisions: readonly Revision[],
  held: Held = nothingHeld,
  { partial = 'refuse' }: { readonly partial?: 'refuse' | 'pass' } = {},
): Placed {
  const replacements = replacementsOf(revisions)
  if (replacements.length === 0) return { graph: buildGraph(revisions), heldAs: new Map() }
  const files = fileIds(revisions)
  const out = new Map<string, Place>()
  const heldAs = new Map<string, readonly string[]>()
  for (const replacement of replacements) {
    const { revision, ids, last } = replacement
    if (out.has(revision.id)) continue
    const verdict = verdictOn(replacement, held)
    const missing = verdict === 'out' ? missingOf(replacement, held, files) : []
    if (missing.length > 0 && partial === 'refuse')
      throw new ReplacedMissing(revision, { has: ids.filter((id) => held.applied.has(id)), missing })
    if (verdict === 'out' && missing.length === 0) {
      out.set(revision.id, { by: entryId(last), isEnd: true })
      continue
    }
    for (const id of ids) out.set(id, { by: revision.id, isEnd: endsOf(last).has(id) })
    const recorded = ids.filter((id) => held.applied.has(id))
    if (verdict === 'held' && recorded.length > 0) heldAs.set(revision.id, recorded)
  }
  return { graph: withStandIns(revisions, out), heldAs }
}

/** A database's applied ids, as the revisions stand in it. */
export function appliedAsPlaced(
  applied: ReadonlySet<string>,
  { heldAs }: Pick<Placed, 'heldAs'>,
): ReadonlySet<string> {
  const folded = new Set([...heldAs.values()].flat())
  return new Set([...[...applied].filter((id) => !folded.has(id)), ...heldAs.keys()])
}

/** A revision with what it replaces. */
type Replacement = {
  readonly revision: Revision
  /** All ids that a database may have in its place. */
  readonly ids: readonly string[]
  /** What it replaces that comes last. */
  readonly last: string
}

/** What does not stand: the id of what does, and whether it is where that ends. */
type Place = { readonly by: string; readonly isEnd: boolean }

/** What replaces the most comes first, so that what it replaces has no say any more. */
function replacementsOf(revisions: readonly Revision[]): readonly Replacement[] {
  const replacements = revisions.flatMap((revision) => {
    const last = revision.replaces.at(-1)
    return last === undefined ? [] : [{ revision, ids: replacedIds(revision.replaces), last }]
  })
  const sorted = replacements.sort((a, b) => b.ids.length - a.ids.length)
  checkNoCycle(sorted)
  checkOnce(sorted)
  return sorted
}

/** Two that replace each other, or one that replaces itself: then nothing would stand. */
function checkNoCycle(replacements: readonly Replacement[]): void {
  const byId = new Map(replacements.map((replacement) => [replacement.revision.id, replacement]))
  for (const { revision, ids } of replacements) {
    const other = ids.map((id) => byId.get(id)).find((one) => one?.ids.includes(revision.id))
    if (ids.includes(revision.id)) throw new RevisionCycle([revision])
    if (other !== undefined) throw new RevisionCycle([revision, other.revision])
  }
}

/** What replaces another takes over all that this one replaces. */
function checkOnce(replacements: readonly Replacement[]): void {
  const by = new Map<string, Replacement>()
  for (const replacement of replacements) {
    for (const id of replacement.ids) {
      const other = by.get(id)
      if (other !== undefined && !other.ids.includes(replacement.revision.id))
        throw new ReplacedTwice(id, [other.revision.file, replacement.revision.file])
      by.set(id, replacement)
    }
  }
}

function fileIds(revisions: readonly Revision[]): ReadonlySet<string> {
  const files = new Map<string, string>()
  for (const { id, file } of revisions) {
    const other = files.get(id)
    if (other !== undefined) throw new DuplicateRevision(id, [other, file])
    files.set(id, file)
  }
  return new Set(files.keys())
}

/** `held`: the database has it, under whichever ids. `lacking`: it has nothing of it. `out`: something in between. */
function verdictOn({ revision, ids }: Replacement, { applied, begun }: Held): 'held' | 'lacking' | 'out' {
  if (applied.has(revision.id)) return 'held'
  if (ids.some((id) => begun.has(id))) return 'out'
  if (revision.replaces.every((entry) => isHeld(entry, applied))) return 'held'
  return ids.some((id) => applied.has(id)) ? 'out' : 'lacking'
}

function isHeld(entry: string, applied: ReadonlySet<string>): boolean {
  return waysOf(entry).some((way) => way.every((id) => applied.has(id)))
}

function missingOf(
  { revision }: Replacement,
  { applied }: Held,
  files: ReadonlySet<string>,
): readonly string[] {
  return revision.replaces
    .filter((entry) => !isHeld(entry, applied) && !files.has(entryId(entry)))
    .map(entryId)
}

function endsOf(last: string): ReadonlySet<string> {
  return new Set(waysOf(last).map((way) => way.at(-1) ?? ''))
}

/** The graph of what stands. A down revision that does not is one that does. */
function withStandIns(revisions: readonly Revision[], out: ReadonlyMap<string, Place>): Graph {
  const idOf = (id: string): string => {
    const place = out.get(id)
    return place === undefined ? id : idOf(place.by)
  }
  const standing = revisions
    .filter(({ id }) => !out.has(id))
    .map((revision) =>
      revision.downRevisions.some((id) => out.has(id))
        ? { ...revision, downRevisions: [...new Set(revision.downRevisions.map(idOf))] }
        : revision,
    )
  const byId = new Map(standing.map((revision) => [revision.id, revision]))
  const standIns = new Map<string, StandIn>()
  for (const [id, { isEnd }] of out) {
    const revision = byId.get(idOf(id))
    if (revision !== undefined) standIns.set(id, { revision, isEnd })
  }
  return buildGraph(standing, { read: revisions, standIns })
}
