import { LimbeckError } from '../../error.ts'
import type { Revision } from '../../graph/revision.ts'
import { CannotRunOffline } from '../../migrate/offline.ts'
import type { Project } from '../project.ts'
import { onShadow } from '../prove.ts'
import { followSchema, runPlanned } from '../shadow.ts'
import { plansOf } from './plans-of.ts'
import { runAsScript } from './run-as-script.ts'
import { difference } from './standing.ts'
import type { Step } from './step.ts'
import { type Finding, findingOf, inTurn, together, type Verdict, type Verification } from './verification.ts'

export const runsOffline: Verification = {
  name: 'offline',
  title: 'the script of "upgrade --sql" makes what a run makes',
  async verify(subject) {
    const { project, revisions, first } = subject
    return together(
      await inTurn(subject, runsOffline.name, async () => {
        const steps = await subject.walk()
        // What cannot be undone, or is other by its script, the walk has no answer for.
        const open = [...steps.entries()].filter(([, { up, script }]) => up !== null && script === null)
        const tried = await runScripts(
          project,
          revisions,
          new Map(open.map(([at, step]) => [first + at, step])),
        )
        return steps.map((step, at) => tried.get(first + at) ?? verdictOf(step))
      }),
    )
  },
}

/** What a run does not make either is found on the walk. */
function verdictOf({ script }: Step): Verdict {
  return { findings: [], notes: script instanceof CannotRunOffline ? [script.message] : [] }
}

/** Scripts that fail before it is enough: each costs a new database in which all before it run once more. */
const mostFailures = 3

/** Each by its script, where those before it have run. */
async function runScripts(
  project: Project,
  revisions: readonly Revision[],
  steps: ReadonlyMap<number, Step>,
): Promise<ReadonlyMap<number, Verdict>> {
  const verdicts = new Map<number, Verdict>()
  for (let failed = 0; verdicts.size < steps.size && failed < mostFailures; failed++) {
    const left = new Map([...steps].filter(([at]) => !verdicts.has(at)))
    for (const [at, verdict] of await scriptsUntilOneFails(project, revisions, left))
      verdicts.set(at, verdict)
  }
  for (const [at, { revision }] of steps)
    if (!verdicts.has(at))
      verdicts.set(at, {
        findings: [],
        notes: [`The script of ${revision.id} was not tried, since ${mostFailures} before it fail.`],
      })
  return verdicts
}

/** One that fails leaves a database in which nothing more can be tried. */
function scriptsUntilOneFails(
  project: Project,
  revisions: readonly Revision[],
  steps: ReadonlyMap<number, Step>,
): Promise<ReadonlyMap<number, Verdict>> {
  return onShadow(project, async (session) => {
    const schema = followSchema(session)
    const verdicts = new Map<number, Verdict>()
    const run = async (some: readonly Revision[]) =>
      runPlanned(session, await plansOf(session, some, 'upgrade'))
    let next = 0
    for (const [at, { revision, up }] of steps) {
      await run(revisions.slice(next, at))
      next = at + 1
      try {
        const online = await runAsScript(session, revision)
        if (online !== null) await run([revision])
        const other = up === null ? [] : difference(up, { catalog: await schema.read() })
        verdicts.set(at, {
          findings:
            other.length === 0
              ? []
              : [findingOf(revision, 'Its script makes another schema than a run.', other)],
          notes: online === null ? [] : [online.message],
        })
      } catch (error) {
        if (!(error instanceof LimbeckError)) throw error
        verdicts.set(at, { findings: [failure(revision, error)], notes: [] })
        break
      }
    }
    return verdicts
  })
}

function failure(revision: Revision, error: Error): Finding {
  return findingOf(revision, `Its script fails, and a run does not: ${error.message}`)
}
