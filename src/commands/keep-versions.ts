import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { ancestors } from '../graph/lineage.ts'
import { ledgerWriter } from '../ledger/record.ts'
import { versionKeeper, versionsOf, versionTableMade } from '../ledger/version-keeper.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { alembic } from '../takeover/alembic.ts'
import { type FoundTable, findVersionTables, VersionTableUnclear } from '../takeover/find.ts'
import { texts } from '../takeover/tool.ts'
import { alembicPlace, keepsVersions } from './other-tools.ts'
import type { Project } from './project.ts'
import { appliedIds, type PlacedSession, runner } from './session.ts'

/** Alembic's table says something else than the ledger, and both are to be kept in step. */
export class VersionTableApart extends LimbeckError {
  readonly code = 'VERSION_TABLE_APART'
  readonly table: string
  /** What the table holds, and what it would hold after what the ledger says. */
  readonly versions: { readonly table: readonly string[]; readonly ledger: readonly string[] }

  constructor(table: string, versions: VersionTableApart['versions']) {
    const said = (ids: readonly string[]) => (ids.length === 0 ? 'nothing' : ids.join(', '))
    super(
      `Alembic's table ${table} and the ledger are apart: it holds ${said(versions.table)}, and after the ledger it would hold ${said(versions.ledger)}.`,
      {
        hint: `If Alembic was here meanwhile, take over what it says: "limbeck stamp --from-alembic". If the ledger is right: "limbeck stamp" with where the database stands. Nothing has been changed.`,
      },
    )
    this.table = table
    this.versions = versions
  }
}

/**
 * A session that keeps Alembic's table in step with the ledger, where the configuration says so; the table is made if there is none.
 * `apart`: what to do where they are not in step to begin with.
 */
export async function keepingVersions<Any extends PlacedSession>(
  session: Any,
  { apart = 'refuse' }: { readonly apart?: 'refuse' | 'pass' } = {},
): Promise<Any> {
  const { project, connection, graph, state } = session
  if (!keepsVersions(project)) return session
  const found = await foundTable(connection, project)
  const applied = appliedIds(state)
  if (found !== null && apart === 'refuse') await refuseApart(connection, found, { graph, applied })
  const table = found?.sqlName ?? usualTable(project)
  const keeper = versionKeeper(project.ledgerSchema, { graph, applied: state.applied, table })
  if (found === null) await make(connection, table, keeper.set(applied))
  return { ...session, ledger: ledgerWriter(project.ledgerSchema, runner(), keeper) }
}

/** Where Alembic's table is if nobody has looked, quoted: in the schema public, unless the configuration names another. */
export function usualTable({ alembic: config }: Project): string {
  const { versionTable: name = alembic.tableName, versionTableSchema: schema = 'public' } = config
  return qualifiedName({ schema, name })
}

async function make(connection: Connection, table: string, filled: readonly string[]): Promise<void> {
  await connection.run(['BEGIN', versionTableMade(table), ...filled, 'COMMIT'].join(';\n'))
}

async function foundTable(connection: Connection, project: Project): Promise<FoundTable | null> {
  const place = alembicPlace(project.alembic)
  const [only = null, ...others] = await findVersionTables(connection, [alembic], place)
  if (only === null || others.length === 0) return only
  const names = [only, ...others].map(({ schema, name }) => `${schema}.${name}`)
  throw new VersionTableUnclear(alembic, place, names)
}

/** Revisions are compared, and not rows: Alembic itself may leave a row beside one that comes after it. */
async function refuseApart(
  connection: Connection,
  found: FoundTable,
  { graph, applied }: { readonly graph: Graph; readonly applied: ReadonlySet<string> },
): Promise<void> {
  const [read] = await connection.run(alembic.read(found.sqlName))
  const table = texts(read?.rows ?? [], 'version_num')
  const ledger = versionsOf(graph, applied)
  const [has, should] = [ancestors(graph, table), ancestors(graph, ledger)]
  if (has.size !== should.size || [...has].some((id) => !should.has(id)))
    throw new VersionTableApart(`${found.schema}.${found.name}`, { table, ledger })
}
