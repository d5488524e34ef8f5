import type { Verification } from './verification.ts'

export const makesDeclared: Verification = {
  name: 'declared-schema',
  title: 'the revisions make the declared schema',
  async verify({ project, revisions }) {
    if (project.schema === null)
      return {
        findings: [],
        notes: ['No schema is declared: "schema" in the configuration says where it is.'],
      }
    const { missing } = await import('../autogenerate.ts')
    const titles = await missing(project, revisions)
    return {
      findings: titles.map((title) => ({
        revision: null,
        file: null,
        line: null,
        message: `The declared schema still needs: ${title}`,
        details: [],
      })),
      notes: [],
    }
  },
}
