import { watch } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { cacheDirectory } from '../../src/connection/cache-directory.ts'
import { connect, connectInMemory } from '../../src/connection/connect.ts'
import { packed, unpacked } from '../../src/connection/image.ts'
import { imageName } from '../../src/connection/pglite.ts'
import { createMemoryScratch } from '../../src/connection/scratch.ts'
import { folder } from '../cli/folder.ts'

const { address } = createMemoryScratch({ extensions: [] })

test.for(['image', 'closeWithImage'] as const)(
  'what another begins with is all that one had, and changes with none of them: %s',
  async (which) => {
    const first = await connectInMemory(address)
    await first.run('CREATE TABLE t AS SELECT n FROM generate_series(1, 1000) AS n')
    const image = await first[which]()
    if (which === 'image') {
      // It goes on, and what it does is in no image.
      await first.run('DELETE FROM t')
      await first.close()
    }
    for (const rows of [1000, 1000]) {
      const next = await connect({ ...address, image })
      expect((await next.run('SELECT count(*)::integer AS rows FROM t')).at(-1)?.rows).toEqual([{ rows }])
      await next.run('DELETE FROM t; CREATE TABLE another (); CHECKPOINT')
      await next.close()
    }
  },
)

test('files that are alike are in an image once, and changes of one are none of the other', () => {
  const bytes = new Uint8Array(8192).fill(7)
  const files = [
    ['/a', bytes],
    ['/empty', new Uint8Array()],
    ['/b', bytes.slice()],
    ['/c', new Uint8Array([1, 2])],
  ] as const
  const whole = packed({ directories: ['/d'], files })
  expect(whole.length).toBeLessThan(2 * bytes.length)
  const image = unpacked(Buffer.from(whole))
  expect(image.directories).toEqual(['/d'])
  expect(image.files.map(([path, its]) => [path, [...its]])).toEqual(
    files.map(([path, its]) => [path, [...its]]),
  )
  image.files[0]?.[1].fill(1)
  expect(image.files[2]?.[1][0]).toBe(7)
})

test('one that begins without an image is empty, whatever was done in another', async () => {
  const first = await connect(address)
  const second = await connect(address)
  await first.run('CREATE TABLE t ()')
  expect((await second.run("SELECT to_regclass('t') AS t")).at(-1)?.rows).toEqual([{ t: null }])
  await Promise.all([first.close(), second.close()])
})

test('rows are copied into one in pieces of any size', async () => {
  const connection = await connect(address)
  await connection.run('CREATE TABLE t (n integer, text text)')
  const lines = Array.from({ length: 20_000 }, (_, n) => `${n}\t${'é'.repeat(n % 10)}\n`)
  const pieces = (async function* () {
    yield* lines
  })()
  expect(await connection.copy('COPY t FROM STDIN', pieces)).toMatchObject({ rowCount: 20_000 })
  expect(
    (await connection.run('SELECT sum(n)::integer AS n, sum(length(text))::integer AS text FROM t')).at(-1)
      ?.rows,
  ).toEqual([{ n: 199_990_000, text: 90_000 }])
  await expect(connection.copy('COPY t FROM STDIN', (async function* () {})())).resolves.toMatchObject({
    rowCount: 0,
  })
  await connection.close()
})

test('of those that begin at once on a new machine one runs initdb', async () => {
  await using its = await folder()
  vi.stubEnv('XDG_CACHE_HOME', its.directory)
  const names: (string | null)[] = []
  const watcher = watch(cacheDirectory(), (_, name) => names.push(name))
  try {
    for (const one of await Promise.all([1, 2, 3].map(() => connect(address)))) await one.close()
    // Each is written beside its place first, by a name of its thread's own.
    expect(new Set(names.filter((name) => name?.startsWith(`${imageName()}-`))).size).toBe(1)
  } finally {
    watcher.close()
    vi.unstubAllEnvs()
  }
})
