import type { LintReport } from '../../commands/lint.ts'
import { openIn, slashed } from './found.ts'

const severities = { error: 'critical', warning: 'major', advice: 'info' } as const

/** GitLab's Code Quality report. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function gitlabText(report: LintReport): string {
  const issues = openIn(report).map(({ statement: { file, line }, hazard, fingerprint }) => ({
    description: hazard.message,
    check_name: hazard.rule,
    fingerprint,
    severity: severities[hazard.level],
    location: { path: slashed(file), lines: { begin: line } },
  }))
  return JSON.stringify(issues, null, 2)
}
