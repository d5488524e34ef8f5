import { blockRule } from '../block-rule.ts'
import { altersBy } from '../tree.ts'

export const partitionScan = blockRule({
  name: 'partition-scan',
  title: 'a partition whose rows are read, or those of the default one',
  problem:
    'ATTACH PARTITION reads all rows of the new partition under ACCESS EXCLUSIVE on it, unless a valid CHECK tells that they fit; and all rows of the default partition, unless a CHECK on that one tells that none belongs to the new one. CREATE TABLE … PARTITION OF closes the whole table meanwhile.',
  instead:
    'Add such checks NOT VALID and VALIDATE them before, make the table first and then attach it (op.attachPartition, op.splitDefaultPartition).',
  ignore: 'The tables concerned are empty or small.',
  concerns: (tree) =>
    altersBy(tree, ['AT_AttachPartition']) ||
    (tree.kind === 'CreateStmt' && tree.node['partbound'] !== undefined),
  examples: [
    {
      given:
        'CREATE TABLE events (at date, n integer) PARTITION BY RANGE (at); CREATE TABLE january (at date, n integer)',
      sql: "ALTER TABLE events ATTACH PARTITION january FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
      finds: true,
    },
    {
      given: 'CREATE TABLE events (at date, n integer) PARTITION BY RANGE (at)',
      sql: "CREATE TABLE january PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
      finds: false,
    },
    {
      given:
        'CREATE TABLE events (at date, n integer) PARTITION BY RANGE (at); CREATE TABLE rest PARTITION OF events DEFAULT',
      sql: "CREATE TABLE january PARTITION OF events FOR VALUES FROM ('2126-01-01') TO ('2126-02-01')",
      finds: true,
    },
    {
      given:
        "CREATE TABLE events (at date, n integer) PARTITION BY RANGE (at); CREATE TABLE january (at date NOT NULL, n integer, CHECK (at >= '2026-01-01' AND at < '2026-02-01'))",
      sql: "ALTER TABLE events ATTACH PARTITION january FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
      finds: false,
    },
  ],
})
