import { existsSync, statfsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const folder = `limbeck-test-pg-${process.getuid?.() ?? 0}`

/** Bytes that a test run may need at once: some servers, their write-ahead logs, and the databases of its workers. */
const roomOfRun = 2 * 1024 ** 3

/**
 * The directory of that name in the cache, built if it is not there. It is built elsewhere and renamed, so a
 * half-built one is never seen, and of two processes that race the second takes what the first made. The cache
 * outlives a run; deleting it only costs time.
 */
export async function cachedDirectory(
  name: string,
  build: (directory: string) => Promise<void>,
): Promise<string> {
  const cache = join(tmpdir(), folder)
  const finished = join(cache, name)
  if (existsSync(finished)) {
    await refuseForeign(cache)
    return finished
  }
  const unfinished = await freshDirectory(cache, 'unfinished')
  try {
    await build(unfinished)
    await mkdir(dirname(finished), { recursive: true })
    await rename(unfinished, finished)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(finished)) throw error
  }
  return finished
}

/**
 * A fresh directory for this run, which the caller removes. In memory where there is room: a database is created in
 * 10 ms there, and in up to 300 ms on a slow disk.
 */
export function temporaryDirectory(subject: string): Promise<string> {
  return freshDirectory(join(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), folder), subject)
}

async function freshDirectory(parent: string, subject: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o755 })
  await refuseForeign(parent)
  return mkdtemp(join(parent, `${subject}-`))
}

/** The name can be guessed by others on the machine, and binaries are run from it. */
async function refuseForeign(directory: string): Promise<void> {
  const { uid } = await stat(directory)
  if (uid !== process.getuid?.()) throw new Error(`${directory} belongs to another user (${uid}).`)
}

/** False also where there is no such directory (macOS); containers often have 64 MB there. */
function hasRoom(directory: string): boolean {
  if (!existsSync(directory)) return false
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize >= roomOfRun
}
