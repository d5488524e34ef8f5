import type { Node, StatementTree } from '../../sql/statements.ts'
import { find } from '../../trace/fixed-locks.ts'
import type { Rule } from '../rule.ts'
import { alterCommands } from '../tree.ts'

export const boundTimeZone: Rule = {
  name: 'bound-time-zone',
  classes: ['advice'],
  level: 'warning',
  title: 'the bound of a partition without a time zone',
  problem:
    "The bound of a timestamptz key that says no time zone is taken in the session's: the same file makes other partitions where that is another one.",
  instead: "Say it: '2026-01-01 00:00:00+00'. op.createPartitions does.",
  ignore: 'Every session has the same time zone.',
  find({ statement: { parsed }, before }) {
    const { bound, of } = boundIn(parsed.tree)
    if (bound === undefined) return []
    const parent = find(before, of)
    const isMoment = parent?.columns.some(
      ({ type }: { readonly type: string }) =>
        type.startsWith('timestamp') && type.endsWith('with time zone'),
    )
    const texts = [
      ...(bound['lowerdatums'] ?? []),
      ...(bound['upperdatums'] ?? []),
      ...(bound['listdatums'] ?? []),
    ]
      .map((datum: Node) => datum['A_Const']?.sval?.sval)
      .filter((text) => typeof text === 'string')
    const bare = texts.filter(
      (text: string) =>
        /^\d{4}-\d\d-\d\d/.test(text) && !/(?:[+-]\d\d(?::?\d\d)?|Z|UTC)$/i.test(text.slice(10)),
    )
    return isMoment === true && bare.length > 0
      ? [{ message: `${bare.join(' and ')} would be another moment in a session with another time zone.` }]
      : []
  },
  examples: [
    {
      given: 'CREATE TABLE events (at timestamptz) PARTITION BY RANGE (at)',
      sql: "CREATE TABLE january PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
      finds: true,
    },
    {
      given: 'CREATE TABLE events (at timestamptz) PARTITION BY RANGE (at)',
      sql: "CREATE TABLE january PARTITION OF events FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00')",
      finds: false,
    },
    {
      given:
        'CREATE TABLE events (at timestamptz) PARTITION BY RANGE (at); CREATE TABLE january (at timestamptz)',
      sql: "ALTER TABLE events ATTACH PARTITION january FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
      finds: true,
    },
    {
      given: 'CREATE TABLE events (at date) PARTITION BY RANGE (at)',
      sql: "CREATE TABLE january PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
      finds: false,
    },
    {
      given: 'CREATE TABLE events (at timestamptz) PARTITION BY RANGE (at)',
      sql: "CREATE TABLE old PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2026-01-01T00:00:00Z')",
      finds: false,
    },
  ],
}

/** The bound that CREATE TABLE … PARTITION OF or ATTACH PARTITION says, and the table of which the partition is one. */
function boundIn(tree: StatementTree): { readonly bound?: Node; readonly of?: Node } {
  const { kind, node } = tree
  if (kind === 'CreateStmt') return { bound: node['partbound'], of: node['inhRelations']?.[0]?.RangeVar }
  const attached = alterCommands(tree).find(({ subtype }) => subtype === 'AT_AttachPartition')
  return { bound: attached?.['def']?.PartitionCmd?.bound, of: node['relation'] }
}
