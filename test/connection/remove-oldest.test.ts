import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { removeOldest } from '../../src/connection/remove-oldest.ts'
import { folder } from '../cli/folder.ts'

test('the newest are left, and what was used just now, which another process may be about to read', async () => {
  await using its = await folder({ old: '', used: '', older: '', newest: '' })
  const ago = async (name: string, seconds: number) => {
    const then = new Date(Date.now() - seconds * 1000)
    await utimes(join(its.directory, name), then, then)
  }
  await ago('older', 7200)
  await ago('old', 3600)
  await ago('used', 5)

  removeOldest(its.directory, 1, 60_000)

  expect((await readdir(its.directory)).sort()).toEqual(['newest', 'used'])
})
