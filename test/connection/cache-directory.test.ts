import { chmod, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { cacheDirectory, NoCacheDirectory } from '../../src/connection/cache-directory.ts'
import { folder } from '../cli/folder.ts'

afterEach(() => vi.unstubAllEnvs())

describe('the folder for what is kept between runs', () => {
  test('is the usual one, which is made', async () => {
    await using its = await folder()
    vi.stubEnv('XDG_CACHE_HOME', join(its.directory, 'cache'))
    expect(cacheDirectory()).toBe(join(its.directory, 'cache', 'limbeck'))
    expect((await stat(cacheDirectory())).isDirectory()).toBe(true)
    // https://specifications.freedesktop.org/basedir-spec/latest/ has nothing for not set.
    vi.stubEnv('XDG_CACHE_HOME', '')
    vi.stubEnv('HOME', its.directory)
    expect(cacheDirectory()).toBe(join(its.directory, '.cache', 'limbeck'))
  })

  test.skipIf(process.platform === 'win32')('is else one of this user alone', async () => {
    await using its = await folder({ file: '' })
    vi.stubEnv('XDG_CACHE_HOME', join(its.directory, 'file'))
    vi.stubEnv('TMPDIR', its.directory)
    const directory = cacheDirectory()
    expect(directory).toBe(join(its.directory, `limbeck-cache-${process.getuid?.()}`))
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    expect(cacheDirectory()).toBe(directory)
  })

  test.skipIf(process.platform === 'win32')('is none into which others can write', async () => {
    await using its = await folder({ file: '' })
    vi.stubEnv('XDG_CACHE_HOME', join(its.directory, 'file'))
    vi.stubEnv('TMPDIR', its.directory)
    const directory = join(its.directory, `limbeck-cache-${process.getuid?.()}`)
    await mkdir(directory)
    await chmod(directory, 0o777)
    expect(() => cacheDirectory()).toThrow(NoCacheDirectory)
  })
})
