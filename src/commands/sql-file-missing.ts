import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import { LimbeckError } from '../error.ts'
import { didYouMean, nearMisses } from '../near-miss.ts'

/** A file of SQL, or a folder of them, that was named and is not there. */
export class SqlFileMissing extends LimbeckError {
  readonly code = 'SQL_FILE_MISSING'
  readonly path: string

  /** `making`: how one gets such a file. */
  constructor(path: string, { directory, making }: { readonly directory: string; readonly making?: string }) {
    super(`There is no ${relative(directory, path) || '.'} in ${directory}.`, {
      hint: [whereItMayBe(path), ...(making === undefined ? [] : [making])].join(' '),
    })
    this.path = path
  }
}

function whereItMayBe(path: string): string {
  const folder = dirname(path)
  if (!existsSync(folder)) return `The folder ${folder} is not there either.`
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const near = didYouMean(nearMisses(basename(path), names)).trim()
  if (near !== '') return near
  if (names.length === 0)
    return `There is no file of SQL in ${folder}. Paths count from where the command stands.`
  const some =
    names.length > most
      ? `${names.slice(0, most).join(', ')} and ${names.length - most} more`
      : names.join(', ')
  return `In ${folder} there ${names.length === 1 ? 'is' : 'are'} ${some}.`
}

const most = 5
