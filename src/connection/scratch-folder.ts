import { constants } from 'node:fs'
import { access, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from './process.ts'

/**
 * Makes a folder for a database that is soon gone: in memory where Linux offers enough of it, since a database has thousands of small files. What
 * processes of this machine have left there that were killed goes with it.
 */
export async function scratchFolder(): Promise<string> {
  const parents = await Promise.all(
    ['/dev/shm', tmpdir()].map(async (path) => ((await isRoomy(path)) ? path : null)),
  )
  await Promise.all(parents.map((path) => (path === null ? null : removeAbandoned(path))))
  const parent = parents.find((path) => path !== null) ?? tmpdir()
  return mkdtemp(join(parent, `${prefix}${process.pid}-`))
}

/** Process numbers are of one machine, and a folder may be that of several. */
const prefix = `limbeck-scratch-${hostname()}-`

/** Bytes that have to be free: many times what a schema without rows takes. */
const roomy = 1024 ** 3

async function isRoomy(path: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(path)
    await access(path, constants.W_OK)
    return bavail * bsize >= roomy
  } catch {
    // There is none, or it is not ours to write into.
    return false
  }
}

async function removeAbandoned(parent: string): Promise<void> {
  // Where nobody may look, nothing is found.
  for (const name of await readdir(parent).catch(() => [])) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN
    // What is somebody else's stays until they come by.
    if (!Number.isNaN(owner) && !isAlive(owner))
      await rm(join(parent, name), { recursive: true, force: true }).catch(() => {})
  }
}
