import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LimbeckError } from '../error.ts'
import { allTemplates, type NewRevision, type Template } from './template.ts'

/** A new file would stand where one is already. */
export class FileExists extends LimbeckError {
  readonly code = 'FILE_EXISTS'
  readonly file: string

  constructor(file: string) {
    super(`${file} is there already.`, { hint: 'Nothing was written. Remove it, or choose another name.' })
    this.file = file
  }
}

/** No template has that name. */
export class UnknownTemplate extends LimbeckError {
  readonly code = 'UNKNOWN_TEMPLATE'
  readonly template: string

  constructor(template: string, known: readonly Template[]) {
    super(`There is no template ${template}.`, {
      hint: `There are: ${known.map(({ name }) => name).join(', ')}.`,
    })
    this.template = template
  }
}

/** Twelve hexadecimal digits, as Alembic makes them: no two people get the same. */
export function newRevisionId(): string {
  return randomBytes(6).toString('hex')
}

const slugLength = 40

/** Writes a new revision's file and gives its path. Nothing that is there is overwritten. */
export function writeRevision(options: {
  readonly directory: string
  readonly revision: NewRevision
  /** The name of one of the templates. */
  readonly template: string
  readonly templates?: readonly Template[]
}): string {
  const { directory, revision, templates = allTemplates([]) } = options
  const template = templates.find(({ name }) => name === options.template)
  if (template === undefined) throw new UnknownTemplate(options.template, templates)
  const file = revisionPath(directory, revision, template)
  mkdirSync(directory, { recursive: true })
  writeNew(file, template.render(revision))
  return file
}

/** Writes a file that must not be there yet. */
export function writeNew(file: string, text: string): void {
  if (existsSync(file)) throw new FileExists(file)
  writeFileSync(file, text, { flag: 'wx' })
}

/** The path of a revision that is written by a template. */
export function revisionPath(directory: string, revision: NewRevision, { extension }: Template): string {
  return join(directory, fileName(revision) + extension)
}

/** `2026-11-22_3f2a1b4c5d6e_add_users`: sorted by date in a listing; the graph alone says the order. */
function fileName({ id, message, createDate }: NewRevision): string {
  const slug = message
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, slugLength)
    .replace(/_+$/, '')
  return [createDate?.slice(0, 10) ?? '', id.slice(0, 60), slug].filter((part) => part !== '').join('_')
}
