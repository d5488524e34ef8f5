import type { Verb } from '../verb.ts'

export const doctor: Verb = {
  name: 'doctor',
  summary: 'what is wrong with this set-up',
  async run(input) {
    const { doctor: examine } = await import('../../commands/doctor.ts')
    const { style } = input
    const report = await examine(input.config)
    const marks = { ok: style.good('✓'), warning: style.warn('!'), error: style.bad('✗') }
    const text = report.findings
      .map(
        ({ level, what, hint }) =>
          `${marks[level]} ${what}${hint === undefined ? '' : `\n  ${style.faint(hint)}`}`,
      )
      .join('\n')
    return { report, text, exitCode: report.findings.some(({ level }) => level === 'error') ? 1 : 0 }
  },
}
