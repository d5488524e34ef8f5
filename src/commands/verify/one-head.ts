import { heads } from '../../graph/heads.ts'
import type { Verification } from './verification.ts'

export const oneHead: Verification = {
  name: 'one-head',
  title: 'there is one head',
  async verify({ graph }) {
    const ids = heads(graph).map(({ id }) => id)
    if (ids.length < 2) return { findings: [], notes: [] }
    const message = `There are ${ids.length} heads: ${ids.join(', ')}. Join them with "limbeck merge".`
    return { findings: [{ revision: null, file: null, line: null, message, details: [] }], notes: [] }
  },
}
