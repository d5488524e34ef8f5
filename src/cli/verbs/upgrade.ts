import type { UpgradeReport } from '../../commands/upgrade.ts'
import { blockersOption, withBlockersOption } from '../blockers-option.ts'
import { offlineFor, offlineOptions, script } from '../offline.ts'
import { leftBehind, phaseOption, waitingText } from '../phase.ts'
import { editedText, missingText, unfinishedText } from '../standing.ts'
import { duration, plural } from '../text.ts'
import type { Input, Verb } from '../verb.ts'

export const upgrade: Verb = {
  name: 'upgrade',
  summary: 'apply what is pending',
  arguments: [{ name: 'REVISION', summary: 'how far, default: head; with --sql also from:to' }],
  options: [
    {
      name: 'transaction',
      value: 'MODE',
      summary: 'revision: one transaction each (the default); all: one for everything pending, or nothing',
    },
    {
      name: 'detach',
      summary: 'leave the backfills to "limbeck backfill run", as far as nothing after needs them',
    },
    {
      name: 'phase',
      value: 'PHASE',
      summary: 'expand: what may run before the new application is out; contract: the rest, after it',
    },
    blockersOption,
    ...offlineOptions,
  ],
  examples: [
    'limbeck upgrade',
    'limbeck upgrade +2',
    'limbeck upgrade billing@head',
    'limbeck upgrade --detach',
    'limbeck upgrade --json',
    'limbeck upgrade --phase expand',
    'limbeck upgrade --phase contract',
    'limbeck upgrade add_org_001:head --sql > upgrade.sql',
  ],
  async run(input) {
    if (input.flag('sql')) {
      const { offlineUpgrade } = await import('../../commands/offline.ts')
      return script(
        await offlineUpgrade(input.config, {
          ...offlineFor(input),
          ...phaseOption(input.text('phase')),
          range: input.arguments[0] ?? 'head',
        }),
      )
    }
    const { upgrade: runUpgrade } = await import('../../commands/upgrade.ts')
    const { transactionMode } = await import('../transaction-mode.ts')
    const [to] = input.arguments
    const report = await runUpgrade(withBlockersOption(input), {
      ...input.run,
      ...(to === undefined ? {} : { to }),
      detach: input.flag('detach'),
      ...phaseOption(input.text('phase')),
      transaction: transactionMode(input.text('transaction')),
    })
    const { exitCode, notes } = leftBehind(report, phaseOption(input.text('phase')).phase)
    return {
      report,
      text: [upgradeText(report, input), ...notes.map((note) => `${input.style.warn('!')} ${note}`)].join(
        '\n',
      ),
      exitCode,
    }
  },
}

function upgradeText(report: UpgradeReport, input: Input): string {
  const { style } = input
  const done =
    report.applied.length === 0
      ? nothingDone(report)
      : `${style.good('✓')} ${plural(report.applied.length, 'revision')} applied in ${duration(report.milliseconds)}`
  return [
    `${done} ${style.faint(report.database)}`,
    ...waitingText(report.waiting, style),
    ...unfinishedText(report.detached, style),
    ...editedText(report.edited, input),
    ...missingText(report.missing, style),
  ].join('\n')
}

function nothingDone({ waiting, revisions }: UpgradeReport): string {
  if (revisions === 0) return 'Nothing to do: the folder has no revision.'
  return waiting.length === 0
    ? 'Nothing to do: everything is applied.'
    : 'Nothing to do in this phase: everything of it is applied.'
}
