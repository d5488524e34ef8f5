import { otherToolsText } from '../other-tools.ts'
import { editedText } from '../standing.ts'
import type { Verb } from '../verb.ts'

export const current: Verb = {
  name: 'current',
  summary: 'the revisions at which the database stands',
  options: [{ name: 'check-heads', summary: 'exit with 3 unless everything is applied' }],
  async run(input) {
    const { current: readCurrent } = await import('../../commands/current.ts')
    const { style } = input
    const report = await readCurrent(input.config)
    const lines = report.current.map(
      ({ id, message, isHead }) =>
        `${style.strong(id)}${isHead ? ` (${style.good('head')})` : ''}  ${message}`,
    )
    const text = [
      ...(lines.length === 0 ? ['nothing applied'] : lines),
      ...editedText(report.edited, input),
      ...otherToolsText(report.otherTools, style),
    ].join('\n')
    return { report, text, exitCode: input.flag('check-heads') && !report.atHeads ? 3 : 0 }
  },
}
