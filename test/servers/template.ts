import { createHash } from 'node:crypto'
import { chmod, chown } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, findBinaries, type Major } from './binaries.ts'
import { cachedDirectory } from './cache.ts'
import { copyDirectory, runAsServerUser, serverUser } from './run.ts'

export type Template = {
  /** A data directory as initdb left it. Servers run on copies. */
  readonly data: string
  /** Holds `bin`, `lib` and `share`, and the server's user can reach it. */
  readonly binaries: string
}

const initdbArgs = [
  '--encoding=UTF8',
  '--locale=C',
  '--lc-messages=C',
  '--username=postgres',
  '--auth=trust',
  '--no-sync',
]

/** What a server of this major starts from, made once per version of its binaries. */
export async function serverTemplate(major: Major): Promise<Template> {
  const found = findBinaries(major)
  const flags = createHash('sha256').update(initdbArgs.join(' ')).digest('hex').slice(0, 8)
  const binaries = await reachableBinaries(found)
  const data = await cachedDirectory(join(found.version, `data-${flags}`), async (directory) => {
    await giveToServerUser(directory)
    await runAsServerUser(join(binaries, 'bin/initdb'), {
      args: [...initdbArgs, `--pgdata=${directory}`],
      cwd: directory,
    })
  })
  return { data, binaries }
}

/** The installed binaries, or a copy where a folder above them is closed to the server's user (`/root`). */
async function reachableBinaries({ version, directory }: Binaries): Promise<string> {
  if (!serverUser()) return directory
  try {
    await runAsServerUser(join(directory, 'bin/postgres'), { args: ['--version'], cwd: '/' })
    return directory
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EACCES')) throw error
  }
  const copy = await cachedDirectory(join(version, 'binaries'), async (unfinished) => {
    await copyDirectory(`${directory}/.`, unfinished)
    await chmod(unfinished, 0o755)
  })
  return copy
}

async function giveToServerUser(directory: string): Promise<void> {
  const user = serverUser()
  if (user) await chown(directory, user.uid, user.gid)
}
