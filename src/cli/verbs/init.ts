import { relative } from 'node:path'
import type { Verb } from '../verb.ts'

export const init: Verb = {
  name: 'init',
  summary: 'set up a project here: a config file, a folder and a first revision',
  arguments: [{ name: 'DIR', summary: 'the folder for revisions; default: migrations' }],
  options: [
    {
      name: 'template',
      short: 't',
      value: 'NAME',
      summary: 'how the first revision is written: ts, js or sql',
    },
  ],
  examples: ['limbeck init', 'limbeck init db/revisions --template sql'],
  async run(input) {
    const { init: initProject } = await import('../../commands/init.ts')
    const template = input.text('template')
    const [migrations] = input.arguments
    const report = await initProject(
      { directory: input.directory },
      {
        ...(migrations === undefined ? {} : { migrations }),
        ...(template === undefined ? {} : { template }),
      },
    )
    const { style } = input
    const text = `${report.written.map((file) => `${style.good('✓')} ${relative(report.directory, file)}`).join('\n')}

Write what should happen into the revision, then:
  ${style.accent('limbeck plan')}      what would run
  ${style.accent('limbeck upgrade')}   run it; with no database named, on an embedded one in .limbeck/`
    return { report, text }
  },
}
