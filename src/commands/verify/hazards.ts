import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { embeddedMajor } from '../../connection/address.ts'
import type { Revision } from '../../graph/revision.ts'
import type { LintedStatement } from '../lint-report.ts'
import { unknownTarget } from '../lint-target.ts'
import { planAll } from '../plan-all.ts'
import type { Project } from '../project.ts'
import { digest } from '../snapshot-cache.ts'
import { type Subject, together, type Verdict, type Verification } from './verification.ts'

export const hasNoHazards: Verification = {
  name: 'hazards',
  title: 'what lint finds is accepted',
  async verify(subject) {
    if (subject.project.lint.upgrade === 'off')
      return { findings: [], notes: ['"lint" is off in the configuration.'] }
    return together(await verdicts(subject))
  },
}

/** Those that are not known are linted, each where those before it have run. */
async function verdicts({ project, graph, revisions, kept }: Subject): Promise<readonly Verdict[]> {
  const known = revisions.map((revision, at) => kept.get(whatOf(project, revision), at))
  const first = known.indexOf(null)
  if (first === -1) return known.filter((verdict) => verdict !== null)
  const { lintPlans } = await import('../lint.ts')
  const { operations } = project
  const left = revisions.slice(first)
  const plans = await planAll(left, 'upgrade', { server: { major: embeddedMajor }, operations })
  const { statements } = await lintPlans(project, { graph, plans, target: unknownTarget }, { apart: true })
  const found = left.map(({ id }) =>
    verdictOf(
      project,
      statements.filter(({ revision }) => revision === id),
    ),
  )
  // Rules and queries of the project's own may be others tomorrow.
  if (project.lint.own === undefined && project.lint.queries === undefined) {
    for (const [n, revision] of left.entries())
      kept.set(whatOf(project, revision), first + n, found[n] ?? together([]))
    kept.save()
  }
  return [...known.slice(0, first).filter((verdict) => verdict !== null), ...found]
}

/** What is accepted stands in the file and in the configuration. */
function whatOf({ lint }: Project, { file }: Revision): string {
  return `hazards-${digest([JSON.stringify(lint), readFileSync(file, 'utf8')])}`
}

function verdictOf({ directory }: Project, statements: readonly LintedStatement[]): Verdict {
  const findings = statements.flatMap(({ hazards, file, line, revision }) =>
    hazards
      .filter(({ level }) => level !== 'advice')
      .map(({ rule, message }) => ({
        revision,
        file: resolve(directory, file),
        line,
        message: `${message} (${rule})`,
        details: [],
      })),
  )
  return { findings, notes: [] }
}
