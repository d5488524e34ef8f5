import { changeBetween } from '../autogenerate/directives.ts'
import { initialSnapshot } from '../catalog/initial.ts'
import { readSnapshot } from '../catalog/read-snapshot.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { connect } from '../connection/connect.ts'
import { ancestors } from '../graph/lineage.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { revisionText, sqlText } from '../script/revision-text.ts'
import { compared } from './compared.ts'
import { declaredSnapshot, sourcesOf } from './declared-schema.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { makeDirectives, makeRevisions, snapshotOf, withShadow } from './shadow.ts'

/** What makes of one schema another. */
export type DiffReport = {
  readonly from: string
  readonly to: string
  /** A line each, with what is lost for good. */
  readonly does: readonly { readonly title: string; readonly loses: readonly string[] }[]
  readonly directives: readonly Directive[]
  readonly sql: string
  /** As it may stand in a revision. */
  readonly code: string
}

/**
 * Compares two schemas. Each is a database by its URL (`postgres://…`, `pglite:DIRECTORY`), a file or folder of SQL by its path, the declared
 * schema (`schema`), or what revisions make, by a selector such as `head`. Nothing is changed.
 */
export async function diff(config: Config, from: string, to: string): Promise<DiffReport> {
  const project = resolveProject(config)
  const [before, after] = [await sideOf(project, from), await sideOf(project, to)]
  const sides = [before, after].map(({ major }) => major)
  // Two servers of one version print alike what is alike. Otherwise both are made on one of one version.
  const isSame = sides[0] === sides[1]
  const [one, other] = isSame
    ? [before.snapshot, after.snapshot]
    : [await lifted(project, before), await lifted(project, after)]
  const { directives } = changeBetween(one, other)
  return {
    from,
    to,
    directives,
    does: directives.map((directive) => {
      const { title, loses } = factsOf(directive)
      return { title, loses }
    }),
    sql: sqlText(directives, before.major),
    code: revisionText(directives).code,
  }
}

type Side = { readonly snapshot: Snapshot; readonly major: number }

async function sideOf(project: Project, named: string): Promise<Side> {
  const { autogenerate, ledgerSchema } = project
  if (/^(postgres(ql)?|pglite):/.test(named)) {
    const connection = await connect(
      resolveProject({ directory: project.directory, database: named }).address,
    )
    try {
      const snapshot = compared(await readSnapshot(connection, { ledgerSchema }), autogenerate)
      return { snapshot, major: connection.major }
    } finally {
      await connection.close()
    }
  }
  return withShadow({ project }, async (session) => {
    const { major } = session.connection
    const declared = named === 'schema' ? project.schema : isPath(named) ? named : null
    if (declared !== null) {
      const sources = await sourcesOf(declared, project)
      return { snapshot: compared(await declaredSnapshot(session, sources), autogenerate), major }
    }
    const graph = readGraph(project)
    const targets = resolveTargets(graph, parseSelector(named), { applied: new Set(), direction: 'lookup' })
    const needed = ancestors(graph, targets.ids)
    await makeRevisions(
      session,
      [...graph.revisions.values()].filter(({ id }) => needed.has(id)),
    )
    return { snapshot: compared(await snapshotOf(session), autogenerate), major }
  })
}

/** A path has a slash or an extension, and no selector has one. */
function isPath(named: string): boolean {
  return named.includes('/') || named.endsWith('.sql')
}

/** The same schema as the embedded PostgreSQL has it. */
async function lifted(project: Project, { snapshot, major }: Side): Promise<Snapshot> {
  return withShadow({ project }, async (session) => {
    if (session.connection.major === major) return snapshot
    await makeDirectives(
      session,
      'lift',
      changeBetween(initialSnapshot(snapshot, major), snapshot).directives,
    )
    return compared(await snapshotOf(session), project.autogenerate)
  })
}
