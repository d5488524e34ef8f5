import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lockDirectory } from '../../src/connection/directory-lock.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limbeck-lock-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('a lock that a process of the same number has left, before a restart, counts for nothing', async () => {
  const directory = join(folder, 'restarted')
  for (const left of [`${process.pid}`, `${process.pid} another-start`]) {
    await writeFile(`${directory}.lock`, left)
    const unlock = await lockDirectory(directory)
    await unlock()
    expect(existsSync(`${directory}.lock`)).toBe(false)
  }
})

test('of several processes that find an abandoned lock at once, one after the other has it', async () => {
  const directory = join(folder, 'contended')
  const log = join(folder, 'log')
  const script = join(folder, 'take.mjs')
  await writeFile(
    script,
    `import { appendFileSync } from 'node:fs'
const { lockDirectory } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/connection/directory-lock.ts'))})
for (let n = 0; n < 5; n++) {
  const unlock = await lockDirectory(${JSON.stringify(directory)})
  appendFileSync(${JSON.stringify(log)}, 'in ' + process.pid + '\\n')
  await new Promise((resolve) => setTimeout(resolve, 3))
  appendFileSync(${JSON.stringify(log)}, 'out ' + process.pid + '\\n')
  await unlock()
}
`,
  )
  await appendFile(log, '')
  await writeFile(`${directory}.lock`, '2000000000 gone')
  const children = Array.from({ length: 4 }, () => spawn(process.execPath, [script], { stdio: 'inherit' }))
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]))
  expect(codes).toEqual([0, 0, 0, 0])
  const lines = (await readFile(log, 'utf8')).trim().split('\n')
  expect(lines).toHaveLength(40)
  for (let at = 0; at < lines.length; at += 2) {
    const [word, owner] = lines[at]?.split(' ') ?? []
    expect([word, lines[at + 1]]).toEqual(['in', `out ${owner}`])
  }
})
