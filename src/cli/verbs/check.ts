import type { Verb } from '../verb.ts'

export const check: Verb = {
  name: 'check',
  summary: 'whether database and folder agree; exit code 3 if not',
  examples: ['limbeck check'],
  async run(input) {
    const { check: checkProject } = await import('../../commands/check.ts')
    const { style } = input
    const report = await checkProject(input.config, input.run)
    const lines = report.findings.map((finding) => `${style.bad('✗')} ${finding}`)
    const text =
      lines.length === 0 ? `${style.good('✓')} ${report.database} and the folder agree` : lines.join('\n')
    return { report, text, exitCode: lines.length === 0 ? 0 : 3 }
  },
}
