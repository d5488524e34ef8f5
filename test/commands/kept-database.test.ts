import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { openKept } from '../../src/commands/kept-database.ts'
import { resolveProject } from '../../src/commands/project.ts'
import type { Bare } from '../../src/commands/shadow.ts'
import { runPrepared } from '../../src/connection/prepared.ts'

const project = resolveProject({})

test.for([
  ['', 'it goes on with the one that it has made'],
  ['UNLOGGED', 'and with another where that would lack rows'],
] as const)('a database is made once, and is the same each time: %s table, %s', async ([persistence]) => {
  const name = randomUUID()
  let made = 0
  const make = async ({ connection }: Bare) => {
    made++
    await connection.run(`CREATE TEMP TABLE aside (); CREATE ${persistence} TABLE t AS SELECT generate_series(1, 1000) AS n;
      SET search_path = pg_catalog`)
  }
  for (const _ of ['made', 'kept', 'kept']) {
    const { connection } = await openKept(project, [name], { extensions: [] }, make)
    onTestFinished(() => connection.close())
    const results = await connection.run(
      "SELECT count(*)::integer AS n FROM public.t; SELECT current_setting('search_path') AS path, to_regclass('aside') AS aside",
    )
    expect(results.map(({ rows }) => rows[0])).toEqual([{ n: 1000 }, { path: 'public', aside: null }])
    await connection.run('DROP TABLE public.t')
  }
  expect(made).toBe(1)
})

test('what begins with another takes it as it was made, and one that cannot be made is not kept', async () => {
  const name = randomUUID()
  const first = await openKept(project, [name], { extensions: [] }, async ({ connection }) => {
    await connection.run('CREATE TABLE t (n integer)')
  })
  onTestFinished(() => first.connection.close())
  await first.connection.run('DROP TABLE t')
  const beginning = { extensions: [], image: async () => first.image }
  const fill = (rows: string) =>
    openKept(project, [`${name}-filled`], beginning, async ({ connection }) => {
      await connection.run(`INSERT INTO t VALUES ${rows}`)
    })
  await expect(fill('(1), (a)')).rejects.toThrow('column "a" does not exist')
  const second = await fill('(1), (2)')
  onTestFinished(() => second.connection.close())
  expect((await second.connection.run('SELECT sum(n)::integer AS n FROM t')).at(-1)?.rows).toEqual([{ n: 3 }])
})

test('what was prepared while it was made is prepared again', async () => {
  const count = [{ text: 'SELECT 1 AS one' }]
  const { connection } = await openKept(project, [randomUUID()], { extensions: [] }, async (bare) => {
    await runPrepared(bare.connection, count)
  })
  onTestFinished(() => connection.close())
  await connection.run('BEGIN')
  expect(await runPrepared(connection, count)).toEqual([[{ one: 1 }]])
})
