import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Procedure } from '../../src/operations/operation.ts'
import { detachPartition } from '../../src/operations/registry.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

const parts = `CREATE TABLE parts (a int) PARTITION BY LIST (a);
  CREATE TABLE part PARTITION OF parts FOR VALUES IN (1); CREATE TABLE other (a int)`
const detachment = { table: 'parts', partition: { table: 'part' }, concurrently: true } as const
const servers = targets.filter(({ kind, major }) => kind !== 'pglite' && major >= 14)

describe.each(servers)('detaching a partition concurrently on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test('brings to its end what was interrupted, and finds nothing to do after that', async () => {
    await bench.prepare(parts)
    await interrupt(bench)
    expect(await sent(bench)).toEqual(['ALTER TABLE "parts" DETACH PARTITION "part" FINALIZE'])
    expect(await bench.rows('SELECT FROM pg_inherits')).toEqual([])
    expect(await sent(bench)).toEqual([])
  })

  test('refuses what another has begun, and a table that is no partition', async () => {
    await bench.prepare(parts)
    await interrupt(bench)
    await expect(bench.apply([detachPartition(detachment)])).rejects.toThrow(
      'part is half detached from parts',
    )
    const wrong = detachPartition({ ...detachment, partition: { table: 'other' } })
    await expect(bench.apply([wrong])).rejects.toThrow('other is not a partition of parts')
  })
})

/** Detaches half: a reader of the parent outlasts the lock timeout. */
async function interrupt({ connection }: Bench): Promise<void> {
  const reader = await connection.another()
  await reader?.run('BEGIN; LOCK TABLE parts IN ACCESS SHARE MODE')
  await connection.run("SET lock_timeout = '50ms'")
  await expect(connection.run('ALTER TABLE parts DETACH PARTITION part CONCURRENTLY')).rejects.toThrow()
  await connection.run('RESET lock_timeout')
  await reader?.close()
}

/** What a further attempt sends besides its questions. */
async function sent({ rows }: Bench): Promise<readonly string[]> {
  const [procedure] = detachPartition.definition.steps(detachment, { major: 18 }) as readonly [Procedure]
  const course = procedure.steps('interrupted')
  const texts: string[] = []
  for (let next = course.next([]); !next.done; ) {
    const text = typeof next.value === 'string' ? next.value : next.value.patiently
    if (!text.startsWith('SELECT')) texts.push(text)
    next = course.next(await rows(text))
  }
  return texts
}
