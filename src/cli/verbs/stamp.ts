import { offlineFor, offlineOptions, script } from '../offline.ts'
import { plural } from '../text.ts'
import type { Verb } from '../verb.ts'

export const stamp: Verb = {
  name: 'stamp',
  summary: 'say that the database stands at a revision, without running anything',
  arguments: [
    { name: 'REVISION', required: true, many: true, summary: 'where it stands: head, heads, base, an id' },
  ],
  options: [
    { name: 'purge', summary: 'forget first what the ledger says, also of revisions that have no file' },
    ...offlineOptions,
  ],
  examples: ['limbeck stamp head', 'limbeck stamp base', 'limbeck stamp head --sql'],
  async run(input) {
    if (input.flag('sql')) {
      const { offlineStamp } = await import('../../commands/offline.ts')
      return script(await offlineStamp(input.config, input.arguments, offlineFor(input)))
    }
    const { stamp: stampRevisions } = await import('../../commands/stamp.ts')
    const report = await stampRevisions(input.config, input.arguments, {
      ...input.run,
      purge: input.flag('purge'),
    })
    const { style } = input
    const text = `${style.good('✓')} ${plural(report.marked.length, 'revision')} marked as applied, ${report.unmarked.length} as not applied ${style.faint(report.database)}`
    return { report, text }
  },
}
