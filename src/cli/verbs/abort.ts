import type { AbortReport } from '../../commands/abort.ts'
import { withLossAccepted } from '../accept-loss.ts'
import { blockersOption, withBlockersOption } from '../blockers-option.ts'
import type { Style } from '../style.ts'
import { duration } from '../text.ts'
import type { Verb } from '../verb.ts'

export const abort: Verb = {
  name: 'abort',
  summary: 'take back what a half done upgrade has done',
  arguments: [{ name: 'REVISION', summary: 'which one, where several are half done' }],
  options: [blockersOption],
  examples: ['limbeck abort', 'limbeck abort --yes'],
  async run(input) {
    const { abort: runAbort } = await import('../../commands/abort.ts')
    const [revision] = input.arguments
    const options = { ...input.run, ...(revision === undefined ? {} : { revision }) }
    const config = withBlockersOption(input)
    return withLossAccepted(input, async (acceptLoss) => {
      const report = await runAbort(config, { ...options, acceptLoss })
      return { report, text: abortText(report, input.style) }
    })
  },
}

function abortText({ aborted, lost, stays, database, milliseconds }: AbortReport, style: Style): string {
  if (aborted === null) return `Nothing is half done. ${style.faint(database)}`
  return [
    `${style.good('✓')} ${style.strong(aborted.id)} taken back in ${duration(milliseconds)} ${style.faint(database)}`,
    ...lost.map(({ what }) => `  ${style.warn('lost')}  ${what}`),
    ...stays.map((what) => `  ${style.faint(`stays  ${what}`)}`),
  ].join('\n')
}
