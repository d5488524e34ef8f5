import type { Rule } from '../rule.ts'

export const enumValueOrder: Rule = {
  name: 'enum-value-order',
  classes: ['advice'],
  level: 'advice',
  title: 'a label whose place nobody says',
  problem:
    'Labels compare by their order. ADD VALUE without BEFORE or AFTER puts the new one last; with IF NOT EXISTS it is taken for there wherever it stands, so databases may differ.',
  instead: 'Say BEFORE or AFTER, and leave IF NOT EXISTS to the runner: op.addEnumValues.',
  ignore: 'Nobody compares or sorts by it.',
  find({ statement: { parsed } }) {
    const { kind, node } = parsed.tree
    const isAdded = kind === 'AlterEnumStmt' && node['newVal'] !== undefined && node['oldVal'] === undefined
    if (!isAdded || node['newValNeighbor'] !== undefined || node['skipIfNewValExists'] !== true) return []
    return [{ message: `${node['newVal']} comes last, or where it stands already.` }]
  },
  examples: [
    {
      given: "CREATE TYPE state AS ENUM ('on')",
      sql: "ALTER TYPE state ADD VALUE IF NOT EXISTS 'off'",
      finds: true,
    },
    {
      given: "CREATE TYPE state AS ENUM ('on')",
      sql: "ALTER TYPE state ADD VALUE 'off' AFTER 'on'",
      finds: false,
    },
  ],
}
