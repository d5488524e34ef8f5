import type { LintReport } from '../../commands/lint.ts'
import { githubText } from './github.ts'
import { gitlabText } from './gitlab.ts'
import { jsonText } from './json.ts'
import { junitText } from './junit.ts'
import { sarifText } from './sarif.ts'

/** What programs read, by the name that `--format` has for it. */
export const lintFormats: { readonly [name: string]: (report: LintReport) => string } = {
  json: jsonText,
  sarif: sarifText,
  github: githubText,
  gitlab: gitlabText,
  junit: junitText,
}
