import type { Verb } from '../verb.ts'

export const accept: Verb = {
  name: 'accept',
  summary: 'accept files that were edited after they were applied',
  arguments: [{ name: 'REVISION', many: true, summary: 'which ones; default: all that were edited' }],
  async run(input) {
    const { accept: acceptFiles } = await import('../../commands/accept.ts')
    const report = await acceptFiles(input.config, input.arguments, input.run)
    const lines = report.accepted.map((id) => `${input.style.good('✓')} ${id} is accepted as it is now`)
    return { report, text: lines.length === 0 ? 'No applied file was edited.' : lines.join('\n') }
  },
}
