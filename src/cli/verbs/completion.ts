import { Misuse } from '../options.ts'
import type { Verb } from '../verb.ts'

export const completion: Verb = {
  name: 'completion',
  summary: 'print a script that completes commands and options in your shell',
  arguments: [{ name: 'SHELL', required: true, summary: 'bash, zsh or fish' }],
  examples: [
    'limbeck completion bash >> ~/.bashrc',
    'limbeck completion fish > ~/.config/fish/completions/limbeck.fish',
  ],
  async run(input) {
    const { completionScripts } = await import('../completion-script.ts')
    const { verbs } = await import('../verbs.ts')
    const [shell = ''] = input.arguments
    const script = completionScripts.get(shell)
    if (script === undefined) {
      throw new Misuse(`There is no completion for ${JSON.stringify(shell)}.`, {
        hint: 'There is one for bash, zsh and fish.',
      })
    }
    const text = script(verbs)
    return { report: { shell, script: text }, text, verbatim: true }
  },
}
