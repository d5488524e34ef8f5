import { leaseName, offlineLease } from '../connection/lease.ts'
import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { ancestors, descendants } from '../graph/lineage.ts'
import { presentRevision } from '../graph/missing.ts'
import { downgradePath, upgradePath } from '../graph/path.ts'
import { appliedUpTo, parseRange, type Range } from '../graph/range.ts'
import { appliedAsPlaced, placeRevisions } from '../graph/replaced.ts'
import { entryOf, replacedIds } from '../graph/replaces.ts'
import type { Phase } from '../graph/revision.ts'
import { parseSelector, type Selector } from '../graph/selector.ts'
import { resolveTargets, type Targets } from '../graph/targets.ts'
import { offlineLedger, versionGuard } from '../ledger/offline.ts'
import { ledgerWriter } from '../ledger/record.ts'
import { versionKeeper, versionsOf, versionTableMade } from '../ledger/version-keeper.ts'
import { frame, offlineScript } from '../migrate/offline.ts'
import type { Direction } from '../plan/plan.ts'
import { revisionChecksum } from '../script/checksum.ts'
import { foreignGuard } from '../takeover/offline.ts'
import { foreignTools } from '../takeover/tools.ts'
import { version } from '../version.ts'
import { usualTable } from './keep-versions.ts'
import { keepsVersions } from './other-tools.ts'
import { choose, ExpandPending, expandPending } from './phase.ts'
import { type LoadedPlan, planAll } from './plan-all.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'

export type OfflineOptions = {
  /** `from:to`; an upgrade may say `to` alone, and then starts before everything. */
  readonly range: string
  /** PostgreSQL's major version for which the script is written; it runs on newer ones too. Default: 13. */
  readonly postgres?: number
  /** Only what belongs to this phase of a deploy; see `upgrade`. */
  readonly phase?: Phase
}

/** A script for psql, written without a database. */
export type OfflineReport = { readonly sql: string; readonly revisions: readonly string[] }

/** A selector that asks where the database stands, and there is none. */
export class NoDatabaseToAsk extends LimbeckError {
  readonly code = 'NO_DATABASE_TO_ASK'
  readonly selector: string

  constructor(selector: string) {
    super(`"${selector}" asks where the database stands, and a script is written without one.`, {
      hint: 'Name the revision where it starts: "add_org_001:head".',
    })
    this.selector = selector
  }
}

/** A downgrade that does not say where it starts. */
export class RangeNeeded extends LimbeckError {
  readonly code = 'RANGE_NEEDED'

  constructor(text: string) {
    super(`"${text}" does not say where the script starts.`, {
      hint: `Say both ends of a downgrade, the newer one first: "head:${text}".`,
    })
  }
}

const oldestMajor = 13

/** An upgrade as a script for psql. */
export async function offlineUpgrade(config: Config, options: OfflineOptions): Promise<OfflineReport> {
  const range = options.range.includes(':')
    ? parseRange(options.range)
    : { from: null, to: parseSelector(options.range) }
  return offline(config, { ...options, direction: 'upgrade', ends: range })
}

/** A downgrade as a script for psql; its range goes from the newer revision to the older one: `head:base`. */
export async function offlineDowngrade(config: Config, options: OfflineOptions): Promise<OfflineReport> {
  if (!options.range.includes(':')) throw new RangeNeeded(options.range)
  const { from, to } = parseRange(options.range)
  const ends = { from: from ?? parseSelector('heads'), to: to ?? parseSelector('base') }
  return offline(config, { ...options, direction: 'downgrade', ends })
}

/** The ledger made to say that the database stands at these revisions, as a script for psql. */
export async function offlineStamp(
  config: Config,
  selectors: readonly string[],
  { postgres = oldestMajor }: Pick<OfflineOptions, 'postgres'> = {},
): Promise<OfflineReport> {
  const project = resolveProject(config)
  const graph = readGraph(project)
  const targets = selectors.flatMap((text) => locate(graph, parseSelector(text), new Set(), 'lookup').ids)
  const wanted = ancestors(graph, targets)
  const ledger = writer(project, { graph, applied: [] })
  const stamped = [...graph.revisions.values()].filter(({ id }) => wanted.has(id))
  const others = [...graph.revisions.values()].filter(({ id }) => !wanted.has(id))
  const statements = [
    'BEGIN',
    ...others.flatMap((revision) => [ledger.unstamped(revision), ledger.forgotten(revision.id)]),
    ...stamped.flatMap((revision) => [
      ledger.forgotten(revision.id),
      ledger.stamped('stamp', { ...revision, checksum: revisionChecksum(revision) }),
    ]),
    ...(keepsVersions(project) ? [versionTableMade(usualTable(project))] : []),
    ...ledger.versionsStamped(wanted),
    'COMMIT',
  ]
  const title = `limbeck ${version}: stamp of ${selectors.join(', ')}`
  const sql = [...opening(project, title, postgres), `${statements.join(';\n')};`]
  return { sql: sql.join('\n\n'), revisions: stamped.map(({ id }) => id) }
}

/** The ledger made, or brought up to date, by a script for psql. */
export async function offlineEnsureVersion(
  config: Config = {},
  { postgres = oldestMajor }: Pick<OfflineOptions, 'postgres'> = {},
): Promise<OfflineReport> {
  const project = resolveProject(config)
  const title = `limbeck ${version}: the ledger in the schema ${project.ledgerSchema}`
  return { sql: opening(project, title, postgres).join('\n\n'), revisions: [] }
}

/** The session, the lease and the ledger, without which nothing is written. */
function opening({ ledgerSchema }: Project, title: string, major: number): readonly string[] {
  return [frame(title, major), offlineLease(leaseName(ledgerSchema)), offlineLedger(ledgerSchema)]
}

type Ends = { readonly from: Range['from']; readonly to: Range['to'] }

async function offline(
  config: Config,
  options: OfflineOptions & { readonly direction: Direction; readonly ends: Ends },
): Promise<OfflineReport> {
  const { direction, ends, postgres: major = oldestMajor } = options
  const project = resolveProject(config)
  const { graph, applied } = placedFrom(readGraph(project), ends.from ?? parseSelector('base'))
  const targets = locate(graph, ends.to ?? parseSelector('heads'), applied, direction)
  const path = (direction === 'upgrade' ? upgradePath : downgradePath)(graph, { applied, targets })
  const all = await planAll(path, direction, { server: { major }, operations: project.operations })
  const plans = options.phase === undefined ? all : chosenOffline(graph, all, options.phase)
  const ids = plans.map(({ planned }) => planned.revision.id)
  const sql = offlineScript({
    title: `limbeck ${version}: ${direction} ${options.range}`,
    major,
    ledger: writer(project, { graph, applied: [...applied] }),
    guards: guardsOf(project, { graph, applied, direction }),
    plans,
    start: {
      applied: [...applied].map((id) => entryOf(graph.revisions.get(id) ?? { id, replaces: [] })),
      absent: withReplaced(graph, direction === 'upgrade' ? ids : laterThan(graph, ids)),
    },
  })
  return { sql, revisions: ids }
}

/** The revisions as they stand in a database at the start of the range, which may lie within what another revision replaces. */
function placedFrom(
  files: Graph,
  from: Selector,
): { readonly graph: Graph; readonly applied: ReadonlySet<string> } {
  if (files.standIns.size === 0)
    return { graph: files, applied: appliedUpTo(files, locate(files, from, new Set(), 'lookup')) }
  const replaced = new Set(files.standIns.keys())
  const { graph: within } = placeRevisions(
    files.read,
    { applied: new Set(), begun: replaced },
    { partial: 'pass' },
  )
  const applied = appliedUpTo(within, locate(within, from, new Set(), 'lookup'))
  const placed = placeRevisions(files.read, { applied, begun: new Set() })
  return { graph: placed.graph, applied: appliedAsPlaced(applied, placed) }
}

/** Revisions, and those that they replace. */
function withReplaced({ revisions }: Graph, ids: readonly string[]): readonly string[] {
  return ids.flatMap((id) => [id, ...replacedIds(revisions.get(id)?.replaces ?? [])])
}

/** The start of the range is what is applied. */
function chosenOffline(graph: Graph, plans: readonly LoadedPlan[], phase: Phase): readonly LoadedPlan[] {
  const choice = choose(graph, plans, phase)
  const before = phase === 'contract' ? expandPending(graph, choice) : []
  if (before.length > 0) throw new ExpandPending(before, [])
  return choice.chosen
}

/** What stands on revisions that are to be undone, and is not among them. */
function laterThan(graph: Graph, ids: readonly string[]): readonly string[] {
  return [...descendants(graph, ids)].filter((id) => !ids.includes(id))
}

function locate(
  graph: Graph,
  selector: Selector,
  applied: ReadonlySet<string>,
  direction: Direction | 'lookup',
): Targets {
  const asks = selector.to === 'current' || (selector.to === 'relative' && selector.from?.to === 'current')
  const counts = selector.to === 'relative' && selector.from === null && applied.size === 0
  if (asks || (counts && direction === 'lookup')) throw new NoDatabaseToAsk(selector.text)
  const targets = resolveTargets(graph, selector, { applied, direction })
  for (const id of targets.ids) presentRevision(graph, id)
  return targets
}

/** Other tools say nothing else of the database than the script: Alembic, whose table is kept in step, and any of which the ledger knows nothing. */
function guardsOf(
  project: Project,
  {
    graph,
    applied,
    direction,
  }: { readonly graph: Graph; readonly applied: ReadonlySet<string>; readonly direction: Direction },
): readonly string[] {
  const begins = direction === 'upgrade' && applied.size === 0 && project.otherTools === 'refuse'
  return [
    ...(begins ? [foreignGuard(foreignTools)] : []),
    ...(keepsVersions(project) ? [versionGuard(usualTable(project), versionsOf(graph, applied))] : []),
  ]
}

/** Nobody knows yet who will run it, nor where. */
function writer(
  project: Project,
  { graph, applied }: { readonly graph: Graph; readonly applied: readonly string[] },
) {
  const { ledgerSchema } = project
  const there = applied.map((id) => ({ id, downRevisions: graph.revisions.get(id)?.downRevisions ?? [] }))
  const keeper = keepsVersions(project)
    ? versionKeeper(ledgerSchema, { graph, applied: there, table: usualTable(project) })
    : null
  return ledgerWriter(ledgerSchema, { osUser: null, host: null, version }, keeper)
}
