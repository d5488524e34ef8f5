import { afterAll, beforeAll, expect, test } from 'vitest'
import { lossOfType } from '../../src/operations/type-loss.ts'
import { newestServer } from '../cli/sample.ts'
import { type Bench, openBench } from './bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench(newestServer())
})
afterAll(() => bench.close())

/** The most exact value of a type, for which a change of the type is tried. */
const values: { readonly [type: string]: string } = {
  integer: '123456',
  bigint: '123456',
  'numeric(12,4)': '12345.6789',
  'numeric(12,2)': '12345.67',
  'numeric(7)': '12345',
  numeric: '12345.678901234567',
  real: '1.23457',
  'double precision': '1.2345678901234',
  timestamptz: '2026-01-02 03:04:05.678901+00',
  'timestamptz(3)': '2026-01-02 03:04:05.678+00',
  'timestamp(0)': '2026-01-02 03:04:05',
  date: '2026-01-02',
}

const pairs = Object.keys(values).flatMap((from) => Object.keys(values).map((to) => [from, to] as const))

test.for(pairs)('%s to %s says a loss where PostgreSQL gives another value back', async ([from, to]) => {
  const said = lossOfType('t', { name: 'c', type: to, was: { type: from } }).length > 0
  await bench.prepare(`CREATE TABLE t (c ${from}); INSERT INTO t VALUES ('${values[from]}')`)
  const changed = await bench
    .rows(
      `SET TIME ZONE 'UTC'; ALTER TABLE t ALTER c TYPE ${to}; ALTER TABLE t ALTER c TYPE ${from}; SELECT c::text <> ('${values[from]}'::${from})::text AS other FROM t`,
    )
    .then(([row]) => row?.['other'] === true)
    // What PostgreSQL refuses is no loss.
    .catch(() => false)
  expect([from, to, said]).toEqual([from, to, changed])
})
