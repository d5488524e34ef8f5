import { LimbeckError } from '../../error.ts'
import type { Verb } from '../verb.ts'

/** The editor could not be started, or ended with an error. */
class EditorFailed extends LimbeckError {
  readonly code = 'EDITOR_FAILED'
}

export const edit: Verb = {
  name: 'edit',
  summary: 'open a revision in your editor ($VISUAL or $EDITOR)',
  arguments: [
    { name: 'REVISION', required: true, summary: 'an id or the beginning of one, a label, or head' },
  ],
  examples: ['limbeck edit head'],
  async run(input) {
    const { spawnSync } = await import('node:child_process')
    const { show } = await import('../../commands/show.ts')
    const files = (await show(input.config, input.arguments[0] ?? '')).map(({ file }) => file)
    const editor = input.environment['VISUAL'] || input.environment['EDITOR'] || 'vi'
    const [command = editor, ...words] = editor.split(' ')
    const { status, error } = spawnSync(command, [...words, ...files], { stdio: 'inherit' })
    if (error !== undefined || status !== 0) {
      throw new EditorFailed(`${editor} did not end well: ${error?.message ?? `exit code ${status}`}.`, {
        hint: 'Set EDITOR to your editor’s command.',
      })
    }
    return { report: { files }, text: '' }
  },
}
