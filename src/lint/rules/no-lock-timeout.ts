import { relationName } from '../../trace/picture.ts'
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
  find({ locks, lockTimeout, before, statement, isBlock }, { all, mode }) {
    if (mode === null || lockTimeout !== '0' || !isBlock) return []
    const tables = new Set(
      [...before.values()].filter(({ kind }) => kind === 'r' || kind === 'p').map(relationName),
    )
    const waits = (one: typeof locks) =>
      one.filter((lock) => lock.existedBefore && strong.includes(lock.mode) && tables.has(lock.relation))
    const mine = waits(locks)
    const isFirst =
      all.find((one) => one.lockTimeout === '0' && waits(one.locks).length > 0)?.statement === statement
    return mine.length > 0 && isFirst
      ? [
          {
            message: `It waits for ${listed(mine.map(({ relation }) => relation))} without end, and all others behind it.`,
            evidence: ['lock_timeout is 0'],
            relations: mine.map(({ relation }) => relation),
          },
        ]
      : []
  },
  examples: [
    { given: 'CREATE TABLE users (id bigint)', sql: 'ALTER TABLE users ADD COLUMN n integer', finds: true },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: "SET lock_timeout = '1s'; ALTER TABLE users ADD COLUMN n integer",
      finds: false,
    },
  ],
}
