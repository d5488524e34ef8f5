import { type RowType, rowTypes } from '../catalog/row-types.ts'
import { ancestors } from '../graph/lineage.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { sqlText } from '../script/revision-text.ts'
import { compared } from './compared.ts'
import { kyselyCode } from './kysely-types.ts'
import { makingOf } from './making.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { onShadow } from './prove.ts'
import { readGraph } from './read-graph.ts'
import { rowsCode } from './rows-types.ts'
import type { Session } from './session.ts'
import { makeRevisions, snapshotOf } from './shadow.ts'
import { type Stoppable, untilStopped } from './stoppable.ts'

/** What the schema is once some revisions are applied, and all before them. */
export type SchemaReport = { readonly revisions: readonly string[]; readonly sql: string }

/** Makes the schema that there is at a revision, on an empty database, and prints it as the SQL that makes it. */
export async function schemaAt(
  config: Config,
  selector: string,
  options: Stoppable = {},
): Promise<SchemaReport> {
  const project = resolveProject(config, options)
  return atRevision(project, selector, async (session, revisions) => {
    const { major } = session.connection
    const snapshot = compared(await snapshotOf(session), project.autogenerate)
    return { revisions, sql: sqlText(makingOf(snapshot, major), { major }) }
  })
}

export type TypesReport = { readonly revisions: readonly string[]; readonly code: string }

/** `rows`: a type for the rows of each table, as a revision reads them. `kysely`: the type that Kysely takes for a database. */
export type TypesFormat = 'rows' | 'kysely'

/**
 * TypeScript types of the rows of every table and view as they are at a revision: for the `transform` or `process` of a
 * revision that comes after it, which sees rows as they were then and not as the application has them today. Or, with `format`, of the database as
 * an application has it.
 */
export async function types(
  config: Config,
  selector: string,
  { format = 'rows', signal }: Stoppable & { readonly format?: TypesFormat } = {},
): Promise<TypesReport> {
  const project = resolveProject(config, { signal })
  return atRevision(project, selector, async (session, revisions) => {
    const rows = await rowTypes(session.connection, project.ledgerSchema)
    const at = revisions.length === 0 ? 'before the first revision' : `at revision ${revisions.join(' and ')}`
    return { revisions, code: formats[format](rows, at) }
  })
}

async function atRevision<Answer>(
  project: Project,
  selector: string,
  use: (session: Session, revisions: readonly string[]) => Promise<Answer>,
): Promise<Answer> {
  const graph = readGraph(project)
  const { ids } = resolveTargets(graph, parseSelector(selector), { applied: new Set(), direction: 'lookup' })
  const needed = ancestors(graph, ids)
  return untilStopped(project, () =>
    onShadow(project, async (session) => {
      await makeRevisions(
        session,
        [...graph.revisions.values()].filter(({ id }) => needed.has(id)),
      )
      return use(session, [...ids])
    }),
  )
}

const formats: { readonly [Format in TypesFormat]: (rows: readonly RowType[], at: string) => string } = {
  rows: rowsCode,
  kysely: kyselyCode,
}
