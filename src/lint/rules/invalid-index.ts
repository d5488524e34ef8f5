import type { Rule } from '../rule.ts'

export const invalidIndex: Rule = {
  name: 'invalid-index',
  classes: ['leaves-invalid-index', 'advice'],
  level: 'error',
  title: 'an index that may stay invalid',
  problem:
    'A concurrent build that is interrupted or finds a value twice leaves an index that is invalid: it costs every write and serves no read. IF NOT EXISTS takes it for the one that is wanted, since it compares the name alone.',
  instead:
    'Look for an invalid index of that name, and drop it first: op.createIndex does, and compares what is there with what is wanted.',
  ignore: 'Somebody looks at pg_index.indisvalid afterwards.',
  find({ statement: { parsed }, error, after, before }, { all, mode }) {
    const { kind, node } = parsed.tree
    if (kind !== 'IndexStmt' || node['concurrent'] !== true) return []
    // Limbeck drops what an interrupted build has left, and builds it again.
    if (mode === null) return []
    const left = [...after.values()].filter(
      ({ oid, isValid }) => !isValid && (before.get(oid)?.isValid ?? true),
    )
    if (left.length > 0)
      return [
        {
          message: `${left.map(({ name }) => name).join(', ')} stays behind, and is not valid.`,
          evidence: [error?.message ?? 'pg_index.indisvalid is false'],
        },
      ]
    if (node['if_not_exists'] !== true) return []
    const there = [...before.values()].find(({ name, table }) => table !== null && name === node['idxname'])
    const end = all.at(-1)?.after ?? after
    // It is there and is not valid, and stays so.
    const isKept = there !== undefined && !there.isValid && end.get(there.oid)?.isValid === false
    if (there !== undefined && !isKept) return []
    return isKept
      ? [{ message: `${there.name} is there, is not valid, and is taken for the one that is wanted.` }]
      : [
          {
            class: 'advice',
            level: 'warning',
            message: `Where an earlier build of ${node['idxname']} was interrupted, the invalid index is taken for the one that is wanted.`,
          },
        ]
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: '-- limbeck: transaction none\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON users (id)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: '-- limbeck: transaction none\nCREATE INDEX CONCURRENTLY i ON users (id)',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: '-- limbeck: transaction none\nCREATE UNIQUE INDEX CONCURRENTLY i ON users (name)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: '-- limbeck: transaction none\nCREATE UNIQUE INDEX CONCURRENTLY i ON users (id, name)',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: '-- limbeck: transaction none\nCREATE UNIQUE INDEX CONCURRENTLY i ON users (lower(name))',
      finds: true,
    },
  ],
}
