import type { LintReport } from '../../commands/lint.ts'

/** The document of `--json`. */
export function jsonText(report: LintReport): string {
  return JSON.stringify(report, null, 2)
}
