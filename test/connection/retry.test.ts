import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import {
  defaultLockPatience,
  type LockPatience,
  pauseAfter,
  retryTransient,
} from '../../src/connection/retry.ts'
import { servers } from '../servers/databases.ts'

const attempts = Array.from({ length: defaultLockPatience.attempts - 1 }, (_, n) => n + 1)

test.each([
  ['shortest', 0, 0.5],
  ['middle', 0.5, 1],
  ['longest', 1, 1.5],
])('the %s pauses double from 100 ms on, up to 10 s', (_name, drawn, factor) => {
  const patience = { ...defaultLockPatience, random: () => drawn }
  const pauses = attempts.map((attempt) => pauseAfter(patience, attempt) / factor)
  expect(pauses.slice(0, 9)).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000])
  expect(new Set(pauses.slice(7))).toEqual(new Set([10_000]))
})

test('by default they are drawn, so that two runs do not keep step', () => {
  const pauses = Array.from({ length: 50 }, () => pauseAfter(defaultLockPatience, 1))
  expect(new Set(pauses).size).toBeGreaterThan(1)
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(50)
  expect(Math.max(...pauses)).toBeLessThan(150)
})

describe.each(servers())('on $name', (server) => {
  test('each attempt that gets no lock is followed by the pause that was drawn for it, and the last by its error', async () => {
    await using database = await server.open()
    await database.query('CREATE TABLE busy (id int)')
    await using holder = await database.connect()
    await holder.query('BEGIN; SELECT FROM busy')
    const connection = await connect(database.url)
    const drawn = [0, 0.5, 0.25, 0.75]
    const patience: LockPatience = {
      lockTimeout: 1,
      attempts: 5,
      firstPause: 2,
      longestPause: 8,
      random: () => drawn.shift() ?? 0,
    }
    const retries: number[] = []
    await connection.run('SET lock_timeout = 1')
    const locked = retryTransient(() => connection.run('ALTER TABLE busy ADD COLUMN n int'), {
      patience,
      onRetry: ({ pause }) => retries.push(pause),
    })
    await expect(locked).rejects.toMatchObject({ server: { sqlState: '55P03' } })
    expect(retries).toEqual([2 * 0.5, 4 * 1, 8 * 0.75, 8 * 1.25])
    await connection.close()
  })
})
