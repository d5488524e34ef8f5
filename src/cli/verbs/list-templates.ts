import { columns } from '../text.ts'
import type { Verb } from '../verb.ts'

export const listTemplates: Verb = {
  name: 'list-templates',
  summary: 'the ways in which a new revision can be written',
  async run(input) {
    const { resolveProject } = await import('../../commands/project.ts')
    const { templates } = resolveProject(input.config)
    const text = columns(templates.map(({ name, summary }) => [input.style.strong(name), summary]))
    return { report: templates.map(({ render: _, ...template }) => template), text }
  },
}
