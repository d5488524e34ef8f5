import { difference } from './standing.ts'
import type { Step } from './step.ts'
import { type Finding, findingOf, inTurn, together, type Verdict, type Verification } from './verification.ts'

export const roundTrip: Verification = {
  name: 'round-trip',
  title: 'every revision goes up, down and up again, and the schema is the same each time',
  async verify(subject) {
    const verdicts = await inTurn(subject, roundTrip.name, async () => (await subject.walk()).map(verdictOf))
    const left = subject.revisions.slice(verdicts.length).map(({ id }) => id)
    const untried =
      left.length === 0 ? [] : [`Not tried, since a revision before them fails: ${left.join(', ')}.`]
    return together([...verdicts, { findings: [], notes: untried }])
  },
}

function verdictOf(step: Step): Verdict {
  const { revision, irreversible } = step
  return {
    findings: findingsOf(step),
    notes: irreversible === null ? [] : [`${revision.id} cannot be undone: ${irreversible}`],
  }
}

function findingsOf({ revision, before, up, down, again, failure }: Step): readonly Finding[] {
  const found: Finding[] = []
  if (failure !== null) {
    const way = failure.direction === 'downgrade' ? 'down' : down === null ? 'up' : 'up again'
    found.push(findingOf(revision, `It fails on its way ${way}: ${failure.error.message}`))
  }
  const back = difference(before, down)
  if (back.length > 0)
    found.push(findingOf(revision, 'Undone, it leaves another schema than there was before it.', back))
  const twice = up === null ? [] : difference(up, again)
  if (twice.length > 0)
    found.push(findingOf(revision, 'The second time it makes another schema than the first time.', twice))
  return found
}
