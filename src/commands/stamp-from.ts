import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { ancestors } from '../graph/lineage.ts'
import { alembic } from '../takeover/alembic.ts'
import {
  type FoundTable,
  findVersionTables,
  readVersionTables,
  type TablePlace,
  VersionTableUnclear,
} from '../takeover/find.ts'
import type { ForeignTool } from '../takeover/tool.ts'
import { foreignTools } from '../takeover/tools.ts'
import { alembicPlace, keepsVersions } from './other-tools.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { appliedIds, type RunOptions, withSession } from './session.ts'
import { markApplied, type StampReport } from './stamp.ts'
import { withGraph } from './with-graph.ts'

export type StampFromOptions = RunOptions & {
  /** Its table, `name` or `schema.name`. Default: the one by its usual name, in whatever schema it is. */
  readonly versionTable?: string
  /** Takes over what the tool says also where the ledger says something else, which is forgotten. */
  readonly purge?: boolean
}

export type StampFromReport = StampReport & {
  readonly tool: string
  readonly title: string
  /** The table that was read, with its schema. */
  readonly table: string
  /** What the tool says: the ids of revisions, of some tools only the last ones. */
  readonly applied: readonly string[]
}

/** No tool of that name is known. */
export class UnknownForeignTool extends LimbeckError {
  readonly code = 'UNKNOWN_FOREIGN_TOOL'
  readonly tool: string

  constructor(tool: string) {
    super(`Limbeck knows no table of versions of ${JSON.stringify(tool)}.`, {
      hint: `It takes over from ${foreignTools.map(({ name }) => name).join(', ')}.`,
    })
    this.tool = tool
  }
}

/** A tool has applied what is no revision of the project. */
export class VersionsWithoutRevision extends LimbeckError {
  readonly code = 'VERSIONS_WITHOUT_REVISION'
  readonly versions: readonly string[]

  constructor({ tool, schema, name }: FoundTable, versions: readonly string[], revisions: number) {
    super(
      `${tool.title} has applied ${versions.join(', ')} (${schema}.${name}), and no file is that revision.`,
      {
        hint:
          revisions === 0
            ? `Import its migrations first: "limbeck import". Nothing has been changed.`
            : `Import what is lacking ("limbeck import"), or say where the database stands: "limbeck stamp REVISION". Nothing has been changed.`,
      },
    )
    this.versions = versions
  }
}

/** The ledger says something else than the tool from which it was to be taken over. */
export class LedgerSaysOtherwise extends LimbeckError {
  readonly code = 'LEDGER_SAYS_OTHERWISE'
  readonly tool: string
  /** What the tool alone has, and what the ledger alone has. */
  readonly differences: { readonly tool: readonly string[]; readonly ledger: readonly string[] }

  constructor({ tool }: FoundTable, differences: LedgerSaysOtherwise['differences']) {
    const parts = [
      ...(differences.tool.length === 0 ? [] : [`${tool.title} alone has ${differences.tool.join(', ')}`]),
      ...(differences.ledger.length === 0 ? [] : [`the ledger alone has ${differences.ledger.join(', ')}`]),
    ]
    super(`The ledger and ${tool.title} say different things of this database: ${parts.join('; ')}.`, {
      hint: `Make the ledger say what ${tool.title} says: "limbeck stamp --from ${tool.name} --purge". Nothing has been changed.`,
    })
    this.tool = tool.name
    this.differences = differences
  }
}

/**
 * Takes over what another tool has applied: the ledger then has these revisions. Runs none of them. Where the ledger says the same already,
 * nothing is written.
 */
export async function stampFrom(
  config: Config,
  toolName: string,
  options: StampFromOptions = {},
): Promise<StampFromReport> {
  const tool = foreignTools.find(({ name }) => name === toolName)
  if (tool === undefined) throw new UnknownForeignTool(toolName)
  const project = resolveProject(config)
  const files = readGraph(project)
  return withSession(project, options, async (opened) => {
    const session = withGraph(files, opened, { partial: 'pass' })
    const { graph, connection } = session
    const { table, rows } = await readOne(connection, tool, placeOf(project, tool, options.versionTable))
    const said = tool.state(rows, [...graph.revisions.values()])
    const wanted = revisionsOf(table, said, graph)
    const purge = options.purge === true
    // While Alembic's table is kept in step, what it says beside the ledger is what Alembic did.
    if (!purge && !keepsVersions(project, tool)) refuseOther(table, wanted, appliedIds(session.state))
    const done = await markApplied(session, wanted, { purge })
    return {
      database: connection.database,
      tool: tool.name,
      title: tool.title,
      table: nameOf(table),
      applied: said.ids,
      ...done,
    }
  })
}

async function readOne(connection: Connection, tool: ForeignTool, place: TablePlace) {
  const read = await readVersionTables(connection, await findVersionTables(connection, [tool], place))
  const [only] = read
  if (only !== undefined && read.length === 1) return only
  throw new VersionTableUnclear(
    tool,
    place,
    read.map(({ table }) => nameOf(table)),
  )
}

function nameOf({ schema, name }: FoundTable): string {
  return `${schema}.${name}`
}

function placeOf({ alembic: config }: Project, tool: ForeignTool, said: string | undefined): TablePlace {
  if (said === undefined) return tool === alembic ? alembicPlace(config) : {}
  const at = said.indexOf('.')
  return at === -1 ? { name: said } : { schema: said.slice(0, at), name: said.slice(at + 1) }
}

/** The ids of what is applied, in the order of the graph. */
function revisionsOf(
  table: FoundTable,
  { ids, upTo }: ReturnType<ForeignTool['state']>,
  graph: Graph,
): readonly string[] {
  // What was squashed since is applied where all of it is.
  const standing = ids.map((id) => {
    const place = graph.standIns.get(id)
    return place?.isEnd === true ? place.revision.id : id
  })
  const unknown = standing.filter((id) => !graph.revisions.has(id))
  if (unknown.length > 0) throw new VersionsWithoutRevision(table, unknown, graph.revisions.size)
  const has = upTo ? ancestors(graph, standing) : new Set(standing)
  return [...graph.revisions.keys()].filter((id) => has.has(id))
}

function refuseOther(table: FoundTable, wanted: readonly string[], applied: ReadonlySet<string>): void {
  if (applied.size === 0) return
  const wants = new Set(wanted)
  const differences = {
    tool: wanted.filter((id) => !applied.has(id)),
    ledger: [...applied].filter((id) => !wants.has(id)),
  }
  if (differences.tool.length + differences.ledger.length > 0)
    throw new LedgerSaysOtherwise(table, differences)
}
