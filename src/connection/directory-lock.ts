import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
/** Longer than anybody needs to look at a lock and remove it. */
const longestBreak = 10_000

/** Who has a lock. A number alone does not tell processes apart: in a container that is started anew the first one is always 1. */
type Owner = { readonly processId: number; readonly start: string }

/** Of this process, as no other has it. */
const start = randomUUID()

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
    if (owner !== null && isGone(owner) && removeAbandoned(file, owner)) continue
    if (Date.now() > deadline) throw new EmbeddedDatabaseBusy(directory, owner?.processId ?? 0)
    await setTimeout(pollMilliseconds)
  }
  return async () => rmSync(file, { force: true })
}

function claim(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid} ${start}`, { flag: 'wx' })
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Null while the owner has made the file and not yet written into it, or has just removed it. */
function ownerOf(file: string): Owner | null {
  try {
    const [processId = '', start = ''] = readFileSync(file, 'utf8').split(' ')
    return Number(processId) > 0 ? { processId: Number(processId), start } : null
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

function isGone(owner: Owner): boolean {
  return owner.processId === process.pid ? owner.start !== start : !isAlive(owner.processId)
}

/** One process at a time looks and removes: else one would remove the lock that another has just claimed in the place of that which both have seen. */
function removeAbandoned(file: string, seen: Owner): boolean {
  const breaking = `${file}.break`
  try {
    writeFileSync(breaking, '', { flag: 'wx' })
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
    const age = Date.now() - (statSync(breaking, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > longestBreak) rmSync(breaking, { force: true })
    return false
  }
  try {
    const owner = ownerOf(file)
    if (owner?.processId === seen.processId && owner.start === seen.start) rmSync(file, { force: true })
    return true
  } finally {
    rmSync(breaking, { force: true })
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
