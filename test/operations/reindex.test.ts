import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reindex } from '../../src/operations/registry.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

const table = `CREATE SCHEMA "S s"; CREATE TABLE "S s"."T t" (a int PRIMARY KEY, b text); CREATE INDEX "I i" ON "S s"."T t" (b)`
const servers = targets.filter(({ kind }) => kind !== 'pglite')
const places = [{ schema: 'S s', table: 'T t' }, { schema: 'S s', index: 'I i' }, { schema: 'S s' }] as const

describe.each(servers)('building indexes anew on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test.for(places)('drops what an interrupted run has left: %j', async (place) => {
    await bench.prepare(table)
    const before = await bench.catalog()
    await interrupt(bench)
    expect(await leftovers(bench)).not.toEqual([])
    await bench.apply([reindex({ ...place, concurrently: true })])
    expect(await leftovers(bench)).toEqual([])
    expect(await bench.catalog()).toEqual(before)
  })
})

/** Builds new indexes, which wait for a writer that outlasts the lock timeout. */
async function interrupt({ connection }: Bench): Promise<void> {
  const writer = await connection.another()
  await writer?.run('BEGIN; LOCK TABLE "S s"."T t" IN ROW EXCLUSIVE MODE')
  await connection.run("SET lock_timeout = '50ms'")
  await expect(connection.run('REINDEX TABLE CONCURRENTLY "S s"."T t"')).rejects.toThrow()
  await connection.run('RESET lock_timeout')
  await writer?.close()
}

/** Of the toast table too. */
async function leftovers({ rows }: Bench) {
  return rows('SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid')
}
