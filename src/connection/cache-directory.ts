import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { LimbeckError } from '../error.ts'

/** There is no folder to keep things in: neither the usual one, nor one among the temporary files. */
export class NoCacheDirectory extends LimbeckError {
  readonly code = 'NO_CACHE_DIRECTORY'
  readonly directory: string

  constructor(directory: string, cause?: unknown) {
    super(
      `${directory} cannot be used for what is kept between runs: it is not ours, or not to be written.`,
      {
        hint: 'Set XDG_CACHE_HOME to a folder that this user can write into.',
        cause,
      },
    )
    this.directory = directory
  }
}

/**
 * Where what costs time to make is kept for the next run, of all projects. Made if it is not there; among the temporary files where the user has
 * no home to write into, as in many containers.
 */
export function cacheDirectory(): string {
  try {
    const usual = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'limbeck')
    mkdirSync(usual, { recursive: true })
    accessSync(usual, constants.W_OK)
    return usual
  } catch {
    // homedir() throws too, where a container runs as a user of whom it knows nothing.
    return temporaryDirectory()
  }
}

/** Everybody can make folders there, and what is kept is run: one that belongs to somebody else is not used. */
function temporaryDirectory(): string {
  const user = process.getuid?.()
  const directory = join(tmpdir(), user === undefined ? 'limbeck-cache' : `limbeck-cache-${user}`)
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    accessSync(directory, constants.W_OK)
  } catch (error) {
    throw new NoCacheDirectory(directory, error)
  }
  const found = lstatSync(directory)
  const isOurs = user === undefined || (found.uid === user && (found.mode & 0o022) === 0)
  if (!found.isDirectory() || !isOurs) throw new NoCacheDirectory(directory)
  return directory
}
