import { hasRows, type TimePartition, timePartitions } from '../catalog/partitions.ts'
import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { runUpkeep } from '../migrate/upkeep.ts'
import { type Watch, withWatch } from '../migrate/watch.ts'
import { detachPartition } from '../operations/attach-partition.ts'
import type { Directive, PartitionRule, Upkeep } from '../operations/operation.ts'
import { factsOf, vocabularyWith } from '../operations/operations.ts'
import { createPartitions } from '../operations/partition.ts'
import { intervalAfter, intervalStart } from '../operations/partition-interval.ts'
import { dropTable } from '../operations/table.ts'
import { loadRevision } from '../script/revision-file.ts'
import { type Config, type Project, resolveProject, watchOptions } from './project.ts'
import { readGraph } from './read-graph.ts'
import { appliedIds, type RunOptions, type Session, withReading, withSession } from './session.ts'
import { withGraph } from './with-graph.ts'

/** How a table's partitions stand, beside what `op.keepPartitions` says of them. */
export type PartitionStatus = {
  readonly schema: string | null
  readonly table: string
  readonly rule: PartitionRule
  readonly partitions: number
  /** Until when there are partitions without a gap from now on; null where now itself has none. */
  readonly until: Date | null
  /** Beginnings of intervals that should have a partition and have none. */
  readonly missing: readonly Date[]
  /** Beginnings of intervals between the first partition and now that have none. */
  readonly gaps: readonly Date[]
  /** Partitions that are older than what is kept. */
  readonly old: readonly string[]
  /** Rows lie in the default partition: they are in the way of a partition for their time. */
  readonly rowsInDefault: boolean
}

export type PartitionsReport = {
  readonly database: string
  readonly tables: readonly PartitionStatus[]
}

export type PartitionsRunReport = PartitionsReport & {
  /** What was done, a line each. */
  readonly done: readonly string[]
  /** What could not be done; the rest was done all the same. */
  readonly failed: readonly { readonly what: string; readonly message: string }[]
}

/** `op.keepPartitions` names something that is no table partitioned by one column of time. */
export class NotPartitionedByTime extends LimbeckError {
  readonly code = 'NOT_PARTITIONED_BY_TIME'
  readonly table: string

  constructor(table: string) {
    super(`${table} is not there, or is not partitioned by range over one column.`, {
      hint: 'Correct op.keepPartitions, or end it with op.releasePartitions.',
    })
    this.table = table
  }
}

/** Tells how the partitions stand that applied revisions say are to be kept up. Changes nothing. */
export async function partitions(
  config: Config = {},
  options: { readonly now?: Date } = {},
): Promise<PartitionsReport> {
  const project = resolveProject(config)
  const files = readGraph(project)
  return withReading(project, async (reading) => {
    const { graph, connection, state } = withGraph(files, reading)
    const upkeeps = await upkeepsOf(project, graph, appliedIds(state))
    const tables: PartitionStatus[] = []
    for (const upkeep of upkeeps)
      tables.push((await look(connection, upkeep, options.now ?? new Date())).status)
    return { database: connection.database, tables }
  })
}

/**
 * Makes the partitions that are missing and lets go of those that are too old, under the lease: so it may be run as often
 * as one likes, and by two at once. What fails for one table does not keep it from the others.
 */
export async function partitionsRun(
  config: Config = {},
  options: RunOptions & { readonly now?: Date } = {},
): Promise<PartitionsRunReport> {
  const project = resolveProject(config)
  const files = readGraph(project)
  const now = options.now ?? new Date()
  return withSession(project, options, async (opened) => {
    const { graph, ...session } = withGraph(files, opened)
    const upkeeps = await upkeepsOf(project, graph, appliedIds(session.state))
    const report = await withWatch(session.connection, watchOptions(project), (watch) =>
      keepUp(session, { upkeeps, now, watch }),
    )
    return { database: session.connection.database, ...report }
  })
}

async function keepUp(
  { connection, project, options }: Session,
  { upkeeps, now, watch }: { readonly upkeeps: readonly Kept[]; readonly now: Date; readonly watch: Watch },
): Promise<Omit<PartitionsRunReport, 'database'>> {
  const { signal, onEvent = () => {} } = options
  const run = { connection, patience: project.patience, signal, onEvent, watch }
  const tables: PartitionStatus[] = []
  const done: string[] = []
  const failed: { what: string; message: string }[] = []
  for (const upkeep of upkeeps) {
    for (const directive of (await look(connection, upkeep, now)).todo) {
      const what = factsOf(directive).title
      try {
        await runUpkeep(run, directive)
        done.push(what)
      } catch (error) {
        if (!(error instanceof LimbeckError) || error.code !== 'DATABASE_ERROR') throw error
        failed.push({ what, message: error.message })
      }
    }
    tables.push((await look(connection, upkeep, now)).status)
  }
  return { tables, done, failed }
}

export type Kept = Upkeep & { readonly rule: PartitionRule }

/** What applied revisions say is to be kept up, in their order: the last word on a table holds. */
export async function upkeepsOf(
  project: Project,
  graph: Graph,
  applied: ReadonlySet<string>,
): Promise<readonly Kept[]> {
  const vocabulary = vocabularyWith(project.operations)
  const byTable = new Map<string, Upkeep>()
  for (const revision of graph.revisions.values()) {
    if (!applied.has(revision.id)) continue
    const { directives } = await (await loadRevision(revision, vocabulary)).recordUpgrade()
    for (const { directive } of directives) {
      const { upkeep } = factsOf(directive, vocabulary)
      if (upkeep !== null) byTable.set(JSON.stringify([upkeep.schema, upkeep.table]), upkeep)
    }
  }
  return [...byTable.values()].filter((upkeep): upkeep is Kept => upkeep.rule !== null)
}

/** How a table stands, and the directives that put it right. */
async function look(
  connection: Connection,
  { rule, ...table }: Kept,
  now: Date,
): Promise<{ readonly status: PartitionStatus; readonly todo: readonly Directive[] }> {
  const found = await timePartitions(connection, table)
  if (found === null) throw new NotPartitionedByTime(table.table)
  const current = intervalStart(now, rule.every)
  const ahead = Array.from({ length: rule.ahead + 1 }, (_, n) => intervalAfter(current, rule.every, n))
  const missing = ahead.filter((start) => !covered(found, start, rule))
  const old = oldPartitions(found, current, rule)
  const fallback = found.find(({ isDefault }) => isDefault)
  const concurrently = connection.major >= 14 && fallback === undefined
  return {
    status: {
      schema: table.schema ?? null,
      table: table.table,
      rule,
      partitions: found.length,
      until: coveredUntil(found, current, rule),
      missing,
      gaps: gaps(found, current, rule),
      old: old.map(({ name }) => name),
      rowsInDefault: fallback !== undefined && (await hasRows(connection, fallback)),
    },
    todo: [
      ...missing.map((start) =>
        createPartitions({
          ...table,
          every: rule.every,
          from: day(start),
          to: day(intervalAfter(start, rule.every, 1)),
        }),
      ),
      ...old.flatMap(({ schema, name }) => [
        detachPartition({
          ...table,
          partition: { schema, table: name },
          ...(concurrently ? { concurrently } : {}),
        }),
        ...(rule.then === 'drop' ? [dropTable({ schema, name })] : []),
      ]),
    ],
  }
}

function covered(found: readonly TimePartition[], start: Date, { every }: PartitionRule): boolean {
  const end = intervalAfter(start, every, 1)
  return found.some(({ lower, upper }) => lower !== null && upper !== null && lower < end && upper > start)
}

function coveredUntil(found: readonly TimePartition[], current: Date, rule: PartitionRule): Date | null {
  let end: Date | null = null
  for (let start = current; covered(found, start, rule); start = intervalAfter(start, rule.every, 1))
    end = intervalAfter(start, rule.every, 1)
  return end
}

function oldPartitions(found: readonly TimePartition[], current: Date, { every, keep }: PartitionRule) {
  if (keep === undefined) return []
  const oldest = intervalAfter(current, every, -keep)
  return found.filter(({ upper }) => upper !== null && upper <= oldest)
}

function gaps(found: readonly TimePartition[], current: Date, rule: PartitionRule): readonly Date[] {
  const first = found.find(({ lower }) => lower !== null)?.lower
  const missing: Date[] = []
  if (!first) return missing
  for (
    let start = intervalStart(first, rule.every);
    start < current;
    start = intervalAfter(start, rule.every, 1)
  )
    if (!covered(found, start, rule)) missing.push(start)
  return missing
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
