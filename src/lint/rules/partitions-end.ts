import type { Node } from '../../sql/statements.ts'
import type { Rule } from '../rule.ts'
import { tableName } from '../tree.ts'

export const partitionsEnd: Rule = {
  name: 'partitions-end',
  classes: ['advice'],
  level: 'advice',
  asksCatalog: true,
  title: 'a table by ranges that comes to an end',
  problem:
    'A row that belongs to no partition is refused (23514). Partitions by time end some day, and the first row after that day fails.',
  instead:
    'Have partitions made ahead (op.keepPartitions), and make a default partition for what nobody thought of.',
  ignore: 'Somebody else makes partitions.',
  find({ statement: { parsed } }, { all }) {
    const { kind, node } = parsed.tree
    if (kind !== 'CreateStmt' || node['partspec']?.strategy !== 'PARTITION_STRATEGY_RANGE') return []
    const bounds = all.flatMap(({ statement }) =>
      partitionOf(statement.parsed.tree.node, node['relation']?.relname),
    )
    const isOpen = bounds.some((bound) => bound['is_default'] === true)
    return bounds.length > 0 && !isOpen
      ? [
          {
            message: `${tableName(node['relation'])} has ${bounds.length} partitions and none for other rows.`,
          },
        ]
      : []
  },
  examples: [
    {
      given: '',
      sql: "CREATE TABLE events (at date) PARTITION BY RANGE (at); CREATE TABLE january PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
      finds: true,
    },
    {
      given: '',
      sql: 'CREATE TABLE events (at date) PARTITION BY RANGE (at); CREATE TABLE others PARTITION OF events DEFAULT',
      finds: false,
    },
  ],
}

function partitionOf(node: Node, parent: unknown): readonly Node[] {
  const isOf = (node['inhRelations'] ?? []).some(({ RangeVar }: Node) => RangeVar?.relname === parent)
  return isOf && node['partbound'] !== undefined ? [node['partbound']] : []
}
