import type { Config } from 'limbeck'
import { createTenant, dropTenant } from './operations/tenant.ts'

export default {
  operations: [createTenant, dropTenant],
  hooks: {
    async afterRevision({ revision, query }) {
      await query(`COMMENT ON SCHEMA public IS 'at ${revision}'`)
    },
  },
  templates: [
    {
      name: 'tenant',
      summary: 'a new tenant',
      extension: '.ts',
      render: ({ id, message, downRevisions: [parent = null], createDate }) => `/** ${message} */
import type { Operations } from 'limbeck'

export const revision = '${id}'
export const downRevision = ${JSON.stringify(parent)}
export const branchLabels = null
export const dependsOn = null
export const createDate = '${createDate}'

export function upgrade(op: Operations) {
  op.createTenant({ name: '${message}', seats: 10 })
}
`,
    },
  ],
  // A formatter, as a rule: 'npx biome format --write {file}'.
  afterWrite: ['node -e "console.log(process.argv[1])" {file}'],
} satisfies Config
