import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { ancestors } from '../graph/lineage.ts'
import { alembic } from '../takeover/alembic.ts'
import { type FoundTable, findVersionTables, readVersionTables, type TablePlace } from '../takeover/find.ts'
import { ForeignRunUnfinished, type ForeignState, type ForeignTool } from '../takeover/tool.ts'
import { foreignTools } from '../takeover/tools.ts'
import type { AlembicConfig } from './alembic-config.ts'
import type { Project } from './project.ts'
import { appliedIds, type Reading } from './session.ts'

/** What another tool says of a database, where the ledger does not say it too. */
export type OtherTool = {
  /** As it is typed: `stamp --from TOOL`. */
  readonly tool: string
  readonly title: string
  /** Its table, with the schema. */
  readonly table: string
  /** What it has applied, as ids of revisions; of Alembic the heads. */
  readonly applied: readonly string[]
  /** Of that, what the ledger does not have; null where the ledger has nothing at all. */
  readonly ahead: readonly string[] | null
  /** What the ledger has and Alembic has not, where they are to be kept in step. */
  readonly behind: readonly string[]
  /** Why it is not known what it has applied. */
  readonly problem: string | null
}

/** Another tool has applied migrations to the database, and the ledger knows nothing of it: an upgrade would begin at the base. */
export class DatabaseOfAnotherTool extends LimbeckError {
  readonly code = 'DATABASE_OF_ANOTHER_TOOL'
  readonly tool: string
  readonly table: string

  constructor({ tool, schema, name }: FoundTable) {
    super(
      `${tool.title} has applied migrations to this database (${schema}.${name}), and Limbeck's ledger knows of none: everything would be run again.`,
      {
        hint: `"limbeck stamp --from ${tool.name}" takes over what it has applied. If that table is of something else, say otherTools: 'ignore' in the config file. Nothing has been changed.`,
      },
    )
    this.tool = tool.name
    this.table = `${schema}.${name}`
  }
}

/** Throws where another tool's table has rows, or may have. Asked only while the ledger knows nothing. */
export async function refuseOtherTools(connection: Connection, project: Project): Promise<void> {
  if (project.otherTools === 'ignore') return
  const found = await foundTables(connection, project)
  const filled = await filledTables(connection, found)
  const [foreign] = found.filter((table) => !table.readable || filled.includes(table))
  if (foreign !== undefined) throw new DatabaseOfAnotherTool(foreign)
}

/** Whose tables are there and say something that the ledger does not. */
export async function readOtherTools(
  { connection, state, graph }: Reading & { readonly graph: Graph },
  project: Project,
): Promise<readonly OtherTool[]> {
  if (project.otherTools === 'ignore') return []
  const found = await foundTables(connection, project)
  const read = await readVersionTables(connection, found)
  const revisions = [...graph.revisions.values()]
  const unreadable = state.applied.length > 0 ? [] : found.filter(({ readable }) => !readable)
  const told = read
    .filter(({ table, rows }) => rows.length > 0 || keepsVersions(project, table.tool))
    .map(({ table, rows }) => ({ table, told: toldBy(() => table.tool.state(rows, revisions)) }))
    .map(({ table, told }) => standing({ table, ...told }, { graph, applied: appliedIds(state), project }))
    .filter(isNews)
  return [...told, ...unreadable.map(untold)]
}

/** A table that this role may not read. */
function untold({ tool, schema, name }: FoundTable): OtherTool {
  const table = `${schema}.${name}`
  const problem = `${tool.title} may have been here: this role may not read ${table}.`
  return { tool: tool.name, title: tool.title, table, applied: [], ahead: null, behind: [], problem }
}

/** The tables of all tools by their usual names; Alembic's where the configuration says. */
async function foundTables(
  connection: Connection,
  { alembic: config }: Project,
): Promise<readonly FoundTable[]> {
  const place = alembicPlace(config)
  const isUsual = place.name === undefined && place.schema === undefined
  if (isUsual) return findVersionTables(connection, foreignTools)
  const others = foreignTools.filter((tool) => tool !== alembic)
  return [
    ...(await findVersionTables(connection, [alembic], place)),
    ...(await findVersionTables(connection, others)),
  ]
}

/** Where the configuration says that Alembic's table is. */
export function alembicPlace({ versionTable, versionTableSchema }: AlembicConfig): TablePlace {
  return { name: versionTable, schema: versionTableSchema }
}

async function filledTables(
  connection: Connection,
  found: readonly FoundTable[],
): Promise<readonly FoundTable[]> {
  const readable = found.filter((table) => table.readable)
  if (readable.length === 0) return []
  const looks = readable.map(({ sqlName }) => `EXISTS (SELECT 1 FROM ${sqlName})`)
  const [result] = await connection.run(`SELECT to_json(ARRAY[${looks.join(', ')}]) AS filled`)
  const filled = result?.rows[0]?.['filled'] as readonly boolean[]
  return readable.filter((_, n) => filled[n])
}

type Told = { readonly said: ForeignState; readonly problem: string | null }

/** A tool that is in the middle of something is told of, and is no error of who only looks. */
function toldBy(state: () => ForeignState): Told {
  try {
    return { said: state(), problem: null }
  } catch (error) {
    if (!(error instanceof ForeignRunUnfinished)) throw error
    return { said: { ids: [], upTo: false }, problem: error.message }
  }
}

function standing(
  { table, said, problem }: Told & { readonly table: FoundTable },
  {
    graph,
    applied,
    project,
  }: { readonly graph: Graph; readonly applied: ReadonlySet<string>; readonly project: Project },
): OtherTool {
  const { tool, schema, name } = table
  const has = said.upTo ? ancestors(graph, said.ids) : new Set(said.ids)
  const keeps = keepsVersions(project, tool)
  const isTakenOver = keeps || [...has].some((id) => applied.has(id))
  return {
    tool: tool.name,
    title: tool.title,
    table: `${schema}.${name}`,
    applied: said.ids,
    ahead: applied.size === 0 ? null : isTakenOver ? [...has].filter((id) => !applied.has(id)) : [],
    behind: keeps ? [...applied].filter((id) => !has.has(id)) : [],
    problem,
  }
}

/** Whether a tool's table is kept in step with the ledger. */
export function keepsVersions({ alembic: config }: Project, tool: ForeignTool = alembic): boolean {
  return tool === alembic && config.keepVersionTable === true
}

/** A table that has nothing to do with what the ledger has is that of something else. */
function isNews({ ahead, behind, problem }: OtherTool): boolean {
  return ahead === null || ahead.length > 0 || behind.length > 0 || problem !== null
}
