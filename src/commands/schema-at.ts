import { type RowType, rowTypes } from '../catalog/row-types.ts'
import { ancestors } from '../graph/lineage.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { sqlText } from '../script/revision-text.ts'
import { compared } from './compared.ts'
import { makingOf } from './making.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { onShadow } from './prove.ts'
import { readGraph } from './read-graph.ts'
import type { Session } from './session.ts'
import { makeRevisions, snapshotOf } from './shadow.ts'

/** What the schema is once some revisions are applied, and all before them. */
export type SchemaReport = { readonly revisions: readonly string[]; readonly sql: string }

/** Makes the schema that there is at a revision, on an empty database, and prints it as the SQL that makes it. */
export async function schemaAt(config: Config, selector: string): Promise<SchemaReport> {
  const project = resolveProject(config)
  return atRevision(project, selector, async (session, revisions) => {
    const { major } = session.connection
    const snapshot = compared(await snapshotOf(session), project.autogenerate)
    return { revisions, sql: sqlText(makingOf(snapshot, major), major) }
  })
}

export type TypesReport = { readonly revisions: readonly string[]; readonly code: string }

/**
 * TypeScript types of the rows of every table and view as they are at a revision: for the `transform` or `process` of a
 * revision that comes after it, which sees rows as they were then and not as the application has them today.
 */
export async function types(config: Config, selector: string): Promise<TypesReport> {
  const project = resolveProject(config)
  return atRevision(project, selector, async (session, revisions) => {
    const rows = await rowTypes(session.connection, project.ledgerSchema)
    return { revisions, code: typesCode(rows, revisions) }
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
  return onShadow(project, async (session) => {
    await makeRevisions(
      session,
      [...graph.revisions.values()].filter(({ id }) => needed.has(id)),
    )
    return use(session, [...ids])
  })
}

function typesCode(rows: readonly RowType[], revisions: readonly string[]): string {
  const at = revisions.length === 0 ? 'before the first revision' : `at revision ${revisions.join(' and ')}`
  return [`/** Rows as they are ${at}. Written by "limbeck types". */`, ...rows.map(rowCode), ''].join('\n')
}

function rowCode({ schema, name, here, columns }: RowType): string {
  const lines = columns.map(
    (column) =>
      `  readonly ${propertyName(column.name)}: ${columnType(column)}${column.notNull ? '' : ' | null'}`,
  )
  return `export type ${typeName(here ? [name] : [schema, name])} = {\n${lines.join('\n')}\n}`
}

/** As values are read: without loss, so that a bigint, a numeric and a date are texts. */
const read: { readonly [type: string]: string } = {
  int2: 'number',
  int4: 'number',
  oid: 'number',
  float4: 'number',
  float8: 'number',
  bool: 'boolean',
  bytea: 'Uint8Array',
  json: 'unknown',
  jsonb: 'unknown',
}

/** Arrays of these are read as arrays; of other types as PostgreSQL's text. */
const inArrays = new Set([
  ...['int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'bool', 'text', 'varchar', 'bpchar', 'uuid'],
  ...[
    'date',
    'timestamp',
    'timestamptz',
    'interval',
    'json',
    'jsonb',
    'bytea',
    'inet',
    'cidr',
    'time',
    'timetz',
  ],
])

function columnType({ type, array, labels }: RowType['columns'][number]): string {
  if (array) return inArrays.has(type) ? `readonly (${read[type] ?? 'string'} | null)[]` : 'string'
  if (labels !== null) return labels.map((label) => JSON.stringify(label)).join(' | ')
  return read[type] ?? 'string'
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}

/** `order_items` is OrderItems; what is in another schema has that before it. */
function typeName(names: readonly string[]): string {
  const words = names.flatMap((name) => name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''))
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^\p{L}/u.test(joined) ? joined : `Of${joined}`
}
