import type { Observation } from '../../trace/observation.ts'
import { listed } from '../blocks.ts'
import type { Rule } from '../rule.ts'

const strong = ['ShareRowExclusive', 'Exclusive', 'AccessExclusive']

export const noLockTimeout: Rule = {
  name: 'no-lock-timeout',
  classes: ['advice'],
  level: 'advice',
  title: 'a strong lock without a lock_timeout',
  problem:
    'While it waits for its lock behind one long query, everybody who comes after it waits behind it, readers too. It is brief once it has the lock, and may wait for hours before.',
  instead:
    "SET lock_timeout = '500ms' before it, and try again when it fails. Limbeck does both for each of its statements.",
  ignore: 'The runner sets it.',
  find({ locks, lockTimeout, statement, isBlock }, { all, mode }) {
    if (mode === null || lockTimeout !== '0' || !isBlock) return []
    const first = all.find((one) => one.lockTimeout === '0' && waitedFor(one.locks).length > 0)
    if (first?.statement !== statement) return []
    const relations = waitedFor(locks)
    return [
      {
        message: `It waits for ${listed(relations)} without end, and all others behind it.`,
        evidence: ['lock_timeout is 0'],
        relations,
      },
    ]
  },
  examples: [
    { given: 'CREATE TABLE users (id bigint)', sql: 'ALTER TABLE users ADD COLUMN n integer', finds: true },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: "SET lock_timeout = '1s'; ALTER TABLE users ADD COLUMN n integer",
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: "BEGIN; SET LOCAL lock_timeout = '1s'; COMMIT; ALTER TABLE users ADD COLUMN n integer",
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: 'CREATE TABLE posts (id bigint); ALTER TABLE posts ADD COLUMN n integer',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: '-- limbeck: transaction none\nCREATE INDEX CONCURRENTLY i ON users (id)',
      finds: false,
    },
  ],
}

function waitedFor(locks: Observation['locks']): readonly string[] {
  return locks
    .filter(({ existedBefore, mode, kind }) => existedBefore && strong.includes(mode) && 'rp'.includes(kind))
    .map(({ relation }) => relation)
}
