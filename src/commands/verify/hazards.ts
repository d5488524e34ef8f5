import { resolve } from 'node:path'
import { embeddedMajor } from '../../connection/address.ts'
import { unknownTarget } from '../lint-target.ts'
import { planAll } from '../plan-all.ts'
import type { Verification } from './verification.ts'

export const hasNoHazards: Verification = {
  name: 'hazards',
  title: 'what lint finds is accepted',
  async verify({ project, graph, revisions }) {
    if (project.lint.upgrade === 'off')
      return { findings: [], notes: ['"lint" is off in the configuration.'] }
    const { lintPlans } = await import('../lint.ts')
    const { operations } = project
    const plans = await planAll(revisions, 'upgrade', { server: { major: embeddedMajor }, operations })
    const { statements } = await lintPlans(project, { graph, plans, target: unknownTarget }, { apart: true })
    return {
      findings: statements.flatMap(({ hazards, file, line, revision }) =>
        hazards
          .filter(({ level }) => level !== 'advice')
          .map(({ rule, message }) => ({
            revision,
            file: resolve(project.directory, file),
            line,
            message: `${message} (${rule})`,
            details: [],
          })),
      ),
      notes: [],
    }
  },
}
