import type { EmbeddedAddress } from '../../connection/address.ts'
import type { Connection } from '../../connection/connection.ts'
import { createEmbeddedScratch } from '../../connection/scratch.ts'
import { LimbeckError } from '../../error.ts'
import type { Revision } from '../../graph/revision.ts'
import { planAll } from '../plan-all.ts'
import type { Project } from '../project.ts'
import { fillEmpty } from '../sample-rows.ts'
import {
  type Bare,
  onDatabase,
  runPlanned,
  schemaText,
  sessionOn,
  tryingVocabulary,
  withScratch,
} from '../shadow.ts'
import { emptyTables, otherRows, readRows } from './rows.ts'
import { difference, type Standing } from './standing.ts'
import { type Finding, findingOf, type Verification } from './verification.ts'

export const survivesCrashes: Verification = {
  name: 'crash',
  title: 'killed at any point, every revision comes to the same end when it is run again',
  async verify({ project, revisions }) {
    if (project.autogenerate.shadow !== 'embedded')
      return { findings: [], notes: ['Crashes are tried on embedded databases only.'] }
    const findings: Finding[] = []
    const scratch = await createEmbeddedScratch()
    return withScratch(scratch, async () => {
      await onDatabase(project, scratch.address, sessionOn)
      for (const revision of revisions) {
        const trial = { project, address: scratch.address, revision }
        const failure = await crashesOf(trial, findings)
        if (failure !== null)
          return { findings, notes: [`Not tried from ${revision.id} on: ${failure.message}`] }
      }
      return { findings, notes: [] }
    })
  },
}

type Trial = { readonly project: Project; readonly address: EmbeddedAddress; readonly revision: Revision }

type End = Standing & {
  readonly before: Standing['rows']
  /** The messages before which something was written since the last of these. */
  readonly points: readonly number[]
}

/** Leaves the database with the revision. Gives why it cannot be run at all. */
async function crashesOf(trial: Trial, findings: Finding[]): Promise<Error | null> {
  const end = await onCopy(trial, endOf).catch(() => withoutRows(trial))
  if (end instanceof Error) return end
  for (const point of end.points) {
    const found = await onCopy(trial, (copy) => crashAt(copy, point, end))
    if (found !== null) findings.push(found)
  }
  return goOn(trial).then(() => null, mistake)
}

/** Rows may be in its way. */
async function withoutRows(trial: Trial): Promise<End | Error> {
  const { project, address } = trial
  await onDatabase(project, address, ({ connection }) => emptyTables(connection, project.ledgerSchema))
  return onCopy(trial, endOf).catch(mistake)
}

/** To the next revision, with rows in all tables. */
function goOn({ project, address, revision }: Trial): Promise<void> {
  return onDatabase(project, address, async (bare) => {
    await run(bare, revision)
    await fillEmpty(bare.connection, project.ledgerSchema)
  })
}

function mistake(error: unknown): Error {
  if (error instanceof LimbeckError) return error
  throw error
}

/** What comes of a revision that nothing disturbs. */
function endOf({ project, address, revision }: Trial): Promise<End> {
  return onDatabase(project, address, async (bare) => {
    const { rows: before } = await standing(bare)
    const points: number[] = []
    let last = await written(bare.connection)
    const watched = withBefore(bare.connection, async (message) => {
      const now = await written(bare.connection)
      if (now === null || now !== last) points.push(message)
      last = now
    })
    await run({ ...bare, connection: watched }, revision)
    return { ...(await standing(bare)), before, points }
  })
}

/**
 * How far the log goes that PostgreSQL writes before it changes anything: where it is as far as before, a crash finds the same database. null
 * within a transaction, where nobody asks.
 */
async function written(connection: Connection): Promise<string | null> {
  if (connection.transaction() !== 'idle') return null
  const [result] = await connection.run('SELECT pg_current_wal_insert_lsn()::text AS written')
  return String(result?.rows[0]?.['written'])
}

/** The embedded server ends with the thread that it runs in: nothing is written any more, as if its machine had lost its power. */
async function crashAt(
  { project, address, revision }: Trial,
  point: number,
  end: End,
): Promise<Finding | null> {
  const failed = (what: string, details: readonly string[] = []) =>
    findingOf(revision, `Killed before its message ${point}, ${what}`, details)
  await onDatabase(project, address, (bare) => {
    const connection = withBefore(bare.connection, async (message) => {
      if (message === point) bare.connection.abandon()
    })
    return run({ ...bare, connection }, revision)
  }).catch(mistake)
  const there = await onDatabase(project, address, async (bare) => {
    await run(bare, revision)
    return standing(bare)
  }).catch(mistake)
  if (there instanceof Error) return failed(`it cannot be run again: ${there.message}`)
  const other = difference(end, there)
  if (other.length > 0) return failed('it makes another schema when it is run again.', other)
  const lost = otherRows(end.rows, there.rows, end.before)
  if (lost.length === 0) return null
  return failed(`it makes other rows of ${lost.map(({ table }) => table).join(', ')} when it is run again.`)
}

/** The same connection, with something done before each message, which are counted from 1. */
function withBefore(connection: Connection, each: (message: number) => Promise<void>): Connection {
  let messages = 0
  return {
    ...connection,
    async run(text) {
      await each(++messages)
      return connection.run(text)
    },
    async query(text, values) {
      await each(++messages)
      return connection.query(text, values)
    },
    async copy(text, rows) {
      await each(++messages)
      return connection.copy(text, rows)
    },
  }
}

async function run(bare: Bare, revision: Revision): Promise<void> {
  const session = await sessionOn(bare)
  const { operations } = bare.project
  const vocabulary = tryingVocabulary(operations)
  const plans = await planAll([revision], 'upgrade', { server: bare.connection, operations, vocabulary })
  await runPlanned(session, plans)
}

async function standing(bare: Bare): Promise<Standing> {
  const { ledgerSchema } = bare.project
  return { catalog: await schemaText(bare), rows: await readRows(bare.connection, ledgerSchema) }
}

async function onCopy<Answer>(trial: Trial, use: (copy: Trial) => Promise<Answer>): Promise<Answer> {
  const copy = await createEmbeddedScratch(trial.address.directory)
  return withScratch(copy, () => use({ ...trial, address: copy.address }))
}
