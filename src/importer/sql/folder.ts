import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LimbeckError } from '../../error.ts'
import type { SourceFile } from './format.ts'

/** The folder that is to be imported is not there. */
export class NoSuchFolder extends LimbeckError {
  readonly code = 'NO_SUCH_FOLDER'
  readonly folder: string

  constructor(folder: string, cause: unknown) {
    super(`${folder} is no folder that can be read.`, {
      hint: 'Name the folder in which the tool keeps its migrations.',
      cause,
    })
    this.folder = folder
  }
}

const readable = /\.(?:sql|plan|toml|json|conf)$/

/** All files below a folder, sorted; of what is neither SQL nor a tool's own list, the name alone. */
export function readFolder(folder: string, under = ''): readonly SourceFile[] {
  return entriesOf(folder, under).flatMap((entry): readonly SourceFile[] => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return []
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory()) return readFolder(folder, path)
    return [{ path, text: readable.test(path) ? textOf(join(folder, path)) : null }]
  })
}

function textOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
}

function entriesOf(folder: string, under: string): readonly Dirent[] {
  try {
    const entries = readdirSync(join(folder, under), { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (cause) {
    throw new NoSuchFolder(join(folder, under), cause)
  }
}
