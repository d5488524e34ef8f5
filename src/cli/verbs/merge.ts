import type { Verb } from '../verb.ts'
import { revisionOptions, writtenText } from './revision.ts'

export const merge: Verb = {
  name: 'merge',
  summary: 'write a revision that joins several heads',
  arguments: [{ name: 'REVISION', many: true, summary: 'what to join; default: all heads' }],
  options: [
    { name: 'message', short: 'm', value: 'TEXT', summary: 'what it is about' },
    { name: 'splice', summary: 'join revisions that are no heads' },
    { name: 'branch-label', value: 'LABEL', summary: 'a name for the branch from here on' },
    { name: 'version-path', value: 'DIR', summary: 'the folder to write into' },
    { name: 'rev-id', value: 'ID', summary: 'its id' },
    { name: 'template', short: 't', value: 'NAME', summary: 'ts, js or sql; default: ts' },
  ],
  examples: ['limbeck merge heads -m "merge billing and users"'],
  async run(input) {
    const { merge: mergeHeads } = await import('../../commands/merge.ts')
    const { heads: _, dependsOn: __, ...options } = revisionOptions(input)
    const report = await mergeHeads(input.config, input.arguments, options)
    return { report, text: writtenText(report, input) }
  },
}
