import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { LimbeckError } from '../error.ts'
import { isAlive } from './process.ts'

/** The embedded database stayed in use by another process. */
export class EmbeddedDatabaseBusy extends LimbeckError {
  readonly code = 'EMBEDDED_DATABASE_BUSY'
  readonly directory: string
  readonly processId: number

  constructor(directory: string, processId: number) {
    super(`The embedded database in ${directory} is in use by the process ${processId}.`, {
      hint: 'An embedded database takes one process at a time. End that process, or use a server.',
    })
    this.directory = directory
    this.processId = processId
  }
}

const waitMilliseconds = 60_000
const pollMilliseconds = 100

/**
 * Makes this process the only one that has the embedded database open, since two would destroy its files. The lock is a
 * file that names its process; one whose process is gone counts for nothing. Gives the function that unlocks.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  mkdirSync(dirname(directory), { recursive: true })
  const file = `${directory}.lock`
  const deadline = Date.now() + waitMilliseconds
  while (!claim(file)) {
    const owner = ownerOf(file)
    if (owner !== null && !isAlive(owner)) {
      rmSync(file, { force: true })
      continue
    }
    if (Date.now() > deadline) throw new EmbeddedDatabaseBusy(directory, owner ?? 0)
    await setTimeout(pollMilliseconds)
  }
  return async () => rmSync(file, { force: true })
}

function claim(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Null while the owner has made the file and not yet written into it, or has just removed it. */
function ownerOf(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8')) || null
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
