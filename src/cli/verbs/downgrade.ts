import type { DowngradeReport } from '../../commands/downgrade.ts'
import { withLossAccepted } from '../accept-loss.ts'
import { blockersOption, withBlockersOption } from '../blockers-option.ts'
import { offlineFor, offlineOptions, script } from '../offline.ts'
import type { Style } from '../style.ts'
import { duration, plural } from '../text.ts'
import type { Verb } from '../verb.ts'

export const downgrade: Verb = {
  name: 'downgrade',
  summary: 'undo revisions, the last one first',
  arguments: [
    {
      name: 'REVISION',
      required: true,
      summary: 'how far: -1, base, an id that stays; with --sql from:to, the newer first',
    },
  ],
  options: [
    {
      name: 'transaction',
      value: 'MODE',
      summary: 'revision: one transaction each (the default); all: one for everything, or nothing',
    },
    blockersOption,
    ...offlineOptions,
  ],
  examples: [
    'limbeck downgrade -1',
    'limbeck downgrade base --yes',
    'limbeck downgrade head:base --sql > downgrade.sql',
  ],
  async run(input) {
    if (input.flag('sql')) {
      const { offlineDowngrade } = await import('../../commands/offline.ts')
      return script(
        await offlineDowngrade(input.config, { ...offlineFor(input), range: input.arguments[0] ?? '' }),
      )
    }
    const { downgrade: runDowngrade } = await import('../../commands/downgrade.ts')
    const { transactionMode } = await import('../transaction-mode.ts')
    const config = withBlockersOption(input)
    const options = {
      ...input.run,
      to: input.arguments[0] ?? '',
      transaction: transactionMode(input.text('transaction')),
    }
    return withLossAccepted(input, async (acceptLoss) => {
      const report = await runDowngrade(config, { ...options, acceptLoss })
      return { report, text: downgradeText(report, input.style) }
    })
  },
}

function downgradeText(report: DowngradeReport, style: Style): string {
  if (report.undone.length === 0) return `Nothing to undo. ${style.faint(report.database)}`
  const lost = report.lost.map(({ revision, what }) => `  ${style.warn('lost')}  ${revision}: ${what}`)
  const done = `${style.good('✓')} ${plural(report.undone.length, 'revision')} undone in ${duration(report.milliseconds)} ${style.faint(report.database)}`
  return [done, ...lost].join('\n')
}
