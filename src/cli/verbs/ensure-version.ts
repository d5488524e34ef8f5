import { offlineFor, offlineOptions, script } from '../offline.ts'
import type { Verb } from '../verb.ts'

export const ensureVersion: Verb = {
  name: 'ensure-version',
  summary: 'make the ledger, or bring it up to date, and nothing else',
  options: offlineOptions,
  async run(input) {
    if (input.flag('sql')) {
      const { offlineEnsureVersion } = await import('../../commands/offline.ts')
      return script(await offlineEnsureVersion(input.config, offlineFor(input)))
    }
    const { ensureVersion: ensure } = await import('../../commands/ensure-version.ts')
    const report = await ensure(input.config, input.run)
    const text = `${input.style.good('✓')} the ledger is in the schema ${report.ledgerSchema} ${input.style.faint(report.database)}`
    return { report, text }
  },
}
