import { createEmbeddedScratch } from '../../connection/scratch.ts'
import { LimbeckError } from '../../error.ts'
import type { Revision } from '../../graph/revision.ts'
import type { OnEvent } from '../../migrate/events.ts'
import { planAll } from '../plan-all.ts'
import type { Project } from '../project.ts'
import { fillEmpty } from '../sample-rows.ts'
import { onDatabase, runPlanned, schemaText, sessionOn, tryingVocabulary, withScratch } from '../shadow.ts'
import { difference } from './round-trip.ts'
import { lostRows, readRows, sharedRows } from './rows.ts'
import { type Finding, findingOf, type Verification } from './verification.ts'
import type { Standing } from './walk.ts'

export const survivesCrashes: Verification = {
  name: 'crash',
  title: 'killed at any point, a revision of several stages comes to the same end when it is run again',
  async verify({ project, revisions }) {
    if (project.autogenerate.shadow !== 'embedded')
      return { findings: [], notes: ['Crashes are tried on embedded databases only.'] }
    const findings: Finding[] = []
    const scratch = await createEmbeddedScratch()
    return withScratch(scratch, async () => {
      for (const revision of revisions) {
        const trial = { project, directory: scratch.address.directory, revision }
        const failure = await crashesOf(trial, findings)
        if (failure !== null)
          return { findings, notes: [`Not tried from ${revision.id} on: ${failure.message}`] }
      }
      return { findings, notes: [] }
    })
  },
}

type Trial = { readonly project: Project; readonly directory: string; readonly revision: Revision }

type End = Standing & {
  readonly before: Standing['rows']
  readonly events: number
  readonly isAtomic: boolean
}

/** Leaves the database with the revision. Gives why it cannot be run at all. */
async function crashesOf(trial: Trial, findings: Finding[]): Promise<Error | null> {
  const end = await onCopy(trial, (copy) => endOf(copy)).catch(mistake)
  if (end instanceof Error) return end
  for (let event = 1; event <= (end.isAtomic ? 0 : end.events); event++) {
    const found = await onCopy(trial, (copy) => crashAt(copy, event, end))
    if (found !== null) findings.push(found)
  }
  return run(trial).then(() => null, mistake)
}

function mistake(error: unknown): Error {
  if (error instanceof LimbeckError) return error
  throw error
}

/** What comes of a revision that nothing disturbs. */
async function endOf(trial: Trial): Promise<End> {
  const { rows: before } = await standing(trial)
  let events = 0
  const isAtomic = await run(trial, () => events++)
  return { ...(await standing(trial)), before, events, isAtomic }
}

/** The embedded server ends with the thread that it runs in: nothing is written any more, as if its machine had lost its power. */
async function crashAt(trial: Trial, event: number, end: End): Promise<Finding | null> {
  let events = 0
  let last = 'its first event'
  const failed = (what: string, details: readonly string[] = []) =>
    findingOf(trial.revision, `Killed at ${last} (event ${event}), ${what}`, details)
  await run(trial, ({ type }, abandon) => {
    events++
    if (events !== event) return
    last = type
    abandon()
  }).catch(mistake)
  const second = await run(trial).then(() => null, mistake)
  if (second !== null) return failed(`it cannot be run again: ${second.message}`)
  const there = await standing(trial)
  const other = difference(end, there)
  if (other.length > 0) return failed('it makes another schema when it is run again.', other)
  const lost = lostRows(sharedRows(end.rows, end.before), sharedRows(there.rows, end.before))
  return lost.length === 0
    ? null
    : failed(`it makes other rows of ${lost.map(({ table }) => table).join(', ')} when it is run again.`)
}

type Told = (event: Parameters<OnEvent>[0], abandon: () => void) => void

/** Gives whether it is of one transaction, so that it is done whole or not at all. */
function run({ project, directory, revision }: Trial, told: Told = () => {}): Promise<boolean> {
  return onDatabase(project, { type: 'embedded', directory }, async (bare) => {
    const session = await sessionOn(bare)
    const { operations } = project
    const { connection } = session
    const vocabulary = tryingVocabulary(operations)
    const plans = await planAll([revision], 'upgrade', { server: connection, operations, vocabulary })
    const options = { onEvent: (event: Parameters<OnEvent>[0]) => told(event, connection.abandon) }
    await runPlanned({ ...session, options }, plans)
    return plans.every(
      ({ planned: { stages, open } }) =>
        open === null && stages.length <= 1 && stages.every(({ type }) => type === 'transaction'),
    )
  })
}

/** With rows in all tables. */
function standing({ project, directory }: Trial): Promise<Standing> {
  return onDatabase(project, { type: 'embedded', directory }, async (bare) => {
    await fillEmpty(bare.connection, project.ledgerSchema)
    return { catalog: await schemaText(bare), rows: await readRows(bare.connection, project.ledgerSchema) }
  })
}

async function onCopy<Answer>(trial: Trial, use: (copy: Trial) => Promise<Answer>): Promise<Answer> {
  const copy = await createEmbeddedScratch({ from: trial.directory })
  return withScratch(copy, () => use({ ...trial, directory: copy.address.directory }))
}
