import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import { heads } from '../graph/heads.ts'
import { standingRuns } from '../ledger/state.ts'
import { ledgerFormat, readFormat } from '../ledger/tables.ts'
import { loadRevision } from '../script/revision-file.ts'
import { refuseOtherTools } from './other-tools.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { serverFindings } from './server-findings.ts'
import { withReading } from './session.ts'

/** One thing that was looked at. */
export type Finding = {
  readonly level: 'ok' | 'warning' | 'error'
  readonly what: string
  /** What to do about it. */
  readonly hint?: string
}

export type DoctorReport = { readonly findings: readonly Finding[] }

/** Looks at the set-up: Node, the folders, every revision's file, the database and its server. Changes nothing. */
export async function doctor(config: Config = {}): Promise<DoctorReport> {
  const project = resolveProject(config)
  const findings: Finding[] = [nodeVersion()]
  const graph = await found(findings, async () => readGraph(project))
  if (graph !== null) {
    findings.push({
      level: 'ok',
      what: `${graph.revisions.size} ${graph.revisions.size === 1 ? 'revision' : 'revisions'} in ${project.migrations.join(', ')}`,
    })
    findings.push(headCount(heads(graph).map(({ id }) => id)))
    for (const revision of graph.revisions.values()) await found(findings, () => loadRevision(revision))
  }
  findings.push(...((await found(findings, () => databaseFindings(project))) ?? []))
  return { findings }
}

/** What it gives; or null, with the error among the findings. */
async function found<Answer>(findings: Finding[], look: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error
    findings.push({
      level: 'error',
      what: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    })
    return null
  }
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18))
    return { level: 'ok', what: `Node ${process.versions.node}` }
  return {
    level: 'error',
    what: `Node ${process.versions.node} is too old.`,
    hint: 'Limbeck needs 22.18 or newer, which strips types by itself.',
  }
}

function headCount(ids: readonly string[]): Finding {
  if (ids.length < 2)
    return { level: 'ok', what: ids.length === 0 ? 'no revisions yet' : `one head: ${ids[0]}` }
  return {
    level: 'warning',
    what: `${ids.length} heads: ${ids.join(', ')}`,
    hint: 'Join them with "limbeck merge heads", or name one when you upgrade.',
  }
}

async function databaseFindings(project: Project): Promise<readonly Finding[]> {
  return withReading(project, async ({ connection, state }) => {
    const format = await readFormat(connection, project.ledgerSchema)
    const ledger = format === 0 ? 'no ledger yet' : `ledger of format ${format} of ${ledgerFormat}`
    const old = connection.major < 13
    return [
      {
        level: old ? 'error' : 'ok',
        what: `${connection.database}: PostgreSQL ${connection.major}, ${ledger}, ${state.applied.length} ${state.applied.length === 1 ? 'revision' : 'revisions'} applied`,
        ...(old ? { hint: 'Limbeck is tested on PostgreSQL 13 to 18.' } : {}),
      },
      ...(await poolerFinding(connection)),
      ...(await serverFindings(connection, project.ledgerSchema)),
      ...(state.applied.length === 0 ? await foreignFinding(connection, project) : []),
      ...standingRuns(state.unfinished).map((run): Finding => {
        const verb = run.aborts ? 'abort' : run.direction
        return {
          level: 'warning',
          what: `the ${verb} of ${run.revision} was begun and has not come to its end`,
          hint: `Run "limbeck ${verb}" again: it goes on from there.`,
        }
      }),
    ]
  })
}

/** A database that another tool has made, and that is not taken over. */
async function foreignFinding(connection: Connection, project: Project): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  await found(findings, () => refuseOtherTools(connection, project))
  return findings
}

/** A pooler in transaction mode gives each transaction another session: the lease and session settings are lost. */
async function poolerFinding(connection: Connection): Promise<readonly Finding[]> {
  if (!(await isShared(connection))) return []
  return [
    {
      level: 'error',
      what: 'the session changes between statements: a pooler in transaction mode stands in between',
      hint: 'Connect Limbeck to the server itself, or to a pool in session mode.',
    },
  ]
}

/** Where nobody else is about, a pool gives the same session again and again, and to two who are connected at once too. */
async function isShared(connection: Connection): Promise<boolean> {
  await connection.run("SET limbeck.doctor = 'here'")
  const other = await connection.another()
  try {
    if (other !== null) await other.run('SELECT 1')
    const [result] = await connection.run(
      "SELECT pg_backend_pid() AS pid, current_setting('limbeck.doctor', true) AS setting",
    )
    const { pid, setting } = result?.rows[0] ?? {}
    return (
      Number(pid) !== connection.processId || setting !== 'here' || other?.processId === connection.processId
    )
  } finally {
    await other?.close()
  }
}
