import { columns } from '../text.ts'
import type { Verb } from '../verb.ts'

export const listTemplates: Verb = {
  name: 'list-templates',
  summary: 'the ways in which a new revision can be written',
  async run(input) {
    const { templates } = await import('../../script/template.ts')
    const text = columns(templates.map(({ name, summary }) => [input.style.strong(name), summary]))
    return { report: templates, text }
  },
}
