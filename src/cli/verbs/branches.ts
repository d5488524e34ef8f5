import { entryLine } from '../listing.ts'
import type { Verb } from '../verb.ts'

export const branches: Verb = {
  name: 'branches',
  summary: 'the revisions at which the graph branches',
  async run(input) {
    const { branches: readBranches } = await import('../../commands/branches.ts')
    const report = await readBranches(input.config)
    const text = report
      .map(({ point, children }) =>
        [
          entryLine(point, input.style),
          ...children.map((child) => `  ╰─ ${entryLine(child, input.style)}`),
        ].join('\n'),
      )
      .join('\n')
    return { report, text: text === '' ? 'no branches' : text }
  },
}
