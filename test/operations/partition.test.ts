import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPartitions, dropPartitions, type TimePartitions } from '../../src/operations/registry.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

const events = 'CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at)'

describe.each(targets)('partitions on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test.each<[TimePartitions['every'], string, string, readonly string[]]>([
    ['day', '2028-02-28', '2028-03-02', ['2028_02_28', '2028_02_29', '2028_03_01']],
    ['week', '2026-12-28', '2027-01-11', ['2026_12_28', '2027_01_04']],
    ['month', '2026-12-01', '2027-02-01', ['2026_12', '2027_01']],
    ['quarter', '2026-10-01', '2027-04-01', ['2026_q4', '2027_q1']],
    ['year', '2026-01-01', '2028-01-01', ['2026', '2027']],
  ])('by %s have bounds in UTC, whatever the time zone is', async (every, from, to, suffixes) => {
    await bench.prepare(events)
    await bench.rows("SET timezone = 'America/New_York'")
    await bench.apply([createPartitions({ table: 'events', every, from, to })])
    await bench.rows(
      `RESET timezone; SET timezone = 'UTC'; INSERT INTO events VALUES ('${from}'), ('${to}'::timestamptz - interval '1 microsecond')`,
    )
    const rows = await bench.rows(`SELECT tableoid::regclass::text AS name FROM events ORDER BY at`)
    expect(rows.map((row) => row['name'])).toEqual([`events_${suffixes.at(0)}`, `events_${suffixes.at(-1)}`])
    const parts = await bench.rows(`SELECT inhrelid::regclass::text AS name FROM pg_inherits ORDER BY name`)
    expect(parts.map((row) => row['name'])).toEqual(suffixes.map((suffix) => `events_${suffix}`))
  })

  test('that were detached to be kept are not dropped', async () => {
    const months = { table: 'events', every: 'month', from: '2026-10-01', to: '2027-01-01' } as const
    await bench.prepare(events)
    await bench.apply([createPartitions(months)])
    await bench.rows('ALTER TABLE events DETACH PARTITION events_2026_11; DROP TABLE events_2026_10')
    await bench.apply([dropPartitions(months)])
    expect(
      await bench.rows(`SELECT relname FROM pg_class WHERE relname ~ '^events' ORDER BY relname`),
    ).toEqual([{ relname: 'events' }, { relname: 'events_2026_11' }])
  })
})

test.each<[Omit<TimePartitions, 'table'>, string]>([
  [{ every: 'month', from: '2026-01-02', to: '2026-03-01' }, 'is not the first day of a month'],
  [{ every: 'week', from: '2026-01-05', to: '2026-01-11' }, 'is not a Monday'],
  [{ every: 'quarter', from: '2026-02-01', to: '2026-04-01' }, 'is not the first day of a quarter'],
  [{ every: 'year', from: '2026-02-01', to: '2027-01-01' }, 'is not the first day of a year'],
  [{ every: 'day', from: '2026-02-30', to: '2026-03-01' }, 'is not a date'],
  [{ every: 'day', from: 'yesterday', to: '2026-03-01' }, 'is not a date'],
  [{ every: 'day', from: '2026-03-01', to: '2026-03-01' }, 'is not after 2026-03-01'],
])('refuses bounds that are none: %o', (bounds, reason) => {
  const steps = () => createPartitions.definition.steps({ table: 'events', ...bounds }, { major: 18 })
  expect(steps).toThrow(reason)
})
