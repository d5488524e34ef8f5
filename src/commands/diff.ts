import { changeBetween } from '../autogenerate/directives.ts'
import type { ToldRename } from '../autogenerate/renames.ts'
import { knowsPartitioned } from '../catalog/partitioned.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { describeAddress } from '../connection/address.ts'
import { ancestors } from '../graph/lineage.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { revisionCode, sqlText } from '../script/revision-text.ts'
import { compared } from './compared.ts'
import { type DeclaredSchema, declarationOf, makerOf, SchemaNotDeclared } from './declared-schema.ts'
import { type Config, databaseAddress, type Project, resolveProject } from './project.ts'
import { type Look, onShadow, type PossibleRename, prove, renameOnShadow } from './prove.ts'
import { readGraph } from './read-graph.ts'
import type { Session } from './session.ts'
import { makeRevisions, snapshotOf } from './shadow.ts'
import { type Stoppable, untilStopped } from './stoppable.ts'

export type DiffOptions = Stoppable & {
  /** What has another name: `{ 'app.users.name': 'full_name' }`; null for what has not, and is to go. */
  readonly renames?: { readonly [from: string]: string | null }
}

/** What makes of one schema another. */
export type DiffReport = {
  readonly from: string
  readonly to: string
  /** A line each, with what is lost for good. */
  readonly does: readonly { readonly title: string; readonly loses: readonly string[] }[]
  readonly directives: readonly Directive[]
  /** What is taken for gone, and may only have another name. */
  readonly unclear: readonly PossibleRename[]
  readonly sql: string
  /** As it may stand in a revision. */
  readonly code: string
}

/**
 * Says what makes of one schema another. Each is a database by its URL (`postgres://…`, `pglite:DIRECTORY`), a file or folder of SQL by its path,
 * the declared schema (`schema`), or what revisions make, by a selector such as `head`. Both are made on an empty database and compared there, whatever
 * version they are from, and what is said has been tried. Nothing else is changed.
 */
export async function diff(
  config: Config,
  from: string,
  to: string,
  options: DiffOptions = {},
): Promise<DiffReport> {
  const project = resolveProject(config, options)
  return untilStopped(options, () => differenceOf(project, { from, to, ...options }))
}

async function differenceOf(
  project: Project,
  { from, to, renames = {} }: DiffOptions & { readonly from: string; readonly to: string },
): Promise<DiffReport> {
  const told = Object.entries(renames).map(([before, after]) => ({ from: before, to: after }))
  const look: Look = (whole) => compared(whole, project.autogenerate)
  const wanted = await onShadow(project, (session) => madeOn(session, project, to))
  const { directives, unclear, server } = await onShadow(project, async (session) => {
    const there = await madeOn(session, project, from)
    const found = await difference(session, { there, wanted: look(wanted), told, look })
    const isPartitioned = knowsPartitioned([there, found.renamed, wanted])
    return { ...found, server: { major: session.connection.major, isPartitioned } }
  })
  return {
    from: named(from, project),
    to: named(to, project),
    directives,
    does: directives.map((directive) => {
      const { title, loses } = factsOf(directive)
      return { title, loses }
    }),
    unclear,
    sql: sqlText(directives, server),
    code: revisionCode(directives),
  }
}

async function difference(
  session: Session,
  {
    there,
    wanted,
    told,
    look,
  }: {
    readonly there: Snapshot
    readonly wanted: Snapshot
    readonly told: readonly ToldRename[]
    readonly look: Look
  },
) {
  const names = { whole: there, to: wanted, told, unclear: 'drop', look } as const
  const { renaming, whole, unclear } = await renameOnShadow(session, names)
  const { directives } = changeBetween(look(whole), wanted, { rows: 'go' })
  await prove(session, { id: 'difference', directives, to: wanted, look })
  return { directives: [...renaming, ...directives], unclear, renamed: whole }
}

/** Makes on a shadow what somebody has named, and reads all that there is. */
async function madeOn(session: Session, project: Project, side: string): Promise<Snapshot> {
  const declared = declaredBy(side, project)
  if (declared !== null) return makerOf(await declarationOf(declared, project))(session)
  const graph = readGraph(project)
  const targets = resolveTargets(graph, parseSelector(side), { applied: new Set(), direction: 'lookup' })
  const needed = ancestors(graph, targets.ids)
  await makeRevisions(
    session,
    [...graph.revisions.values()].filter(({ id }) => needed.has(id)),
  )
  return snapshotOf(session)
}

/** null: by revisions. */
function declaredBy(side: string, { schema }: Project): DeclaredSchema | null {
  if (isUrl(side)) return { database: side }
  if (side !== 'schema') return isPath(side) ? side : null
  if (schema === null) throw new SchemaNotDeclared()
  return schema
}

/** Without a password. */
function named(side: string, { directory }: Project): string {
  return isUrl(side) ? describeAddress(databaseAddress(side, directory)) : side
}

function isUrl(side: string): boolean {
  return /^(postgres(ql)?|pglite):/.test(side)
}

/** A path has a slash or an extension, and no selector has one. */
function isPath(named: string): boolean {
  return named.includes('/') || named.endsWith('.sql')
}
