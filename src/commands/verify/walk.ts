import { availableParallelism } from 'node:os'
import type { Revision } from '../../graph/revision.ts'
import type { Project } from '../project.ts'
import { onShadow } from '../prove.ts'
import { runPlanned } from '../shadow.ts'
import { plansOf } from './plans-of.ts'
import { runAgain, type Step, scriptAgain, stepOf } from './step.ts'
import { triedOn } from './tried.ts'

/**
 * Every revision up, down and up again, each where those before it have run, with sample rows in the tables. The second time up is by its script,
 * and where that does anything else than a run, all of it once more by a run.
 */
export type Walk = readonly Step[]

/** Fewer revisions are not worth a database of their own. */
const leastOfPart = 20

/** Each costs a new database in which all before it run once more: from so many on, the second time up is by a run for all. */
const mostOtherScripts = 3

/** A later revision is tried among more tables, and so a later part has fewer of them. Measured: two parts of a hundred end together. */
const laterIsLonger = 0.88

/** Each has a database, which takes some 200 MB where it is embedded. */
const mostParts = 4

/**
 * Walks up revisions, from the `first` of them on, in a few parts at a time where there are as many processors. One that fails on its
 * way up ends it: nothing after it can be tried.
 */
export async function walk(project: Project, revisions: readonly Revision[], first: number): Promise<Walk> {
  const left = revisions.length - first
  const parts = Math.max(1, Math.min(availableParallelism(), mostParts, Math.floor(left / leastOfPart)))
  const starts = Array.from(
    { length: parts },
    (_, part) => first + Math.floor(left * (part / parts) ** laterIsLonger),
  )
  const walked = await Promise.allSettled(
    starts.map((start, part) => walkPart(project, revisions.slice(0, starts[part + 1]), start)),
  )
  const steps: Step[] = []
  for (const part of walked) {
    // Where one before fails, they cannot begin either.
    if (steps.at(-1)?.up === null) break
    if (part.status === 'rejected') throw part.reason
    steps.push(...part.value)
  }
  return steps
}

async function walkPart(project: Project, revisions: readonly Revision[], first: number): Promise<Walk> {
  const steps: Step[] = []
  const others = new Set<number>()
  const isByRun = (at: number) => others.has(at) || others.size >= mostOtherScripts
  while (first + steps.length < revisions.length && steps.at(-1)?.up !== null) {
    const { done, isOther } = await walkFrom(project, revisions, { first: first + steps.length, isByRun })
    steps.push(...done)
    if (isOther) others.add(first + steps.length)
  }
  return steps
}

/**
 * What failed halfway leaves a database in which nothing more can be tried: the next one is made anew. So does a script that makes something
 * else (`isOther`).
 */
function walkFrom(
  project: Project,
  revisions: readonly Revision[],
  { first, isByRun }: { readonly first: number; isByRun(at: number): boolean },
): Promise<{ readonly done: Walk; readonly isOther: boolean }> {
  return onShadow(project, async (session) => {
    const database = triedOn(session)
    await runPlanned(session, await plansOf(session, revisions.slice(0, first), 'upgrade'))
    const done: Step[] = []
    let before = await database.read()
    for (const [at, revision] of [...revisions.entries()].slice(first)) {
      before = await database.filled(before)
      const step = await stepOf(database, revision, { before, again: isByRun(at) ? runAgain : scriptAgain })
      if (step === null) return { done, isOther: true }
      done.push(step)
      if (step.failure !== null) break
      before = step.again ?? step.up ?? before
    }
    return { done, isOther: false }
  })
}
