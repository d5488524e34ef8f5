import { nodePgMigrate as nodePgMigrateTool } from '../../takeover/node-pg-migrate.ts'
import { revisionIdOf } from '../../takeover/revision-id.ts'
import { dateOf, messageOf } from './file-name.ts'
import type { ForeignMigration, SourceFile, SqlFormat } from './format.ts'
import { wholeFile, wholeFileIfAny } from './whole-file.ts'

const fileName = /^(\d+)([^/]*?)(?:\.(up|down))?\.(sql|js|ts|cjs|mjs|cts|mts)$/
const section = (direction: 'up' | 'down') => new RegExp(`^\\s*--[\\s-]*${direction}\\s+migration`, 'im')

/**
 * A file a migration, in which `-- Up Migration` and `-- Down Migration` begin the parts; or two files, `.up.sql` and `.down.sql`. The
 * name of the file, without its extension, is what the database knows it by.
 */
export const nodePgMigrate: SqlFormat = {
  tool: nodePgMigrateTool,
  detect: (files) => files.some(({ path, text }) => fileName.test(path) && section('up').test(text ?? '')),
  read(files) {
    const named = files.filter(({ path }) => fileName.test(path))
    const byName = Map.groupBy(named, ({ path }) => nameOf(path))
    return {
      migrations: [...byName].sort(([a], [b]) => compareNames(a, b)).flatMap(migrationOf),
      passedOver: files
        .filter((file) => file.path.endsWith('.sql') && !named.includes(file))
        .map(({ path }) => ({ file: path, line: null, reason: 'its name does not begin with a number.' })),
    }
  },
}

function nameOf(path: string): string {
  const [, number = '', words = ''] = fileName.exec(path) ?? []
  return number + words
}

/** By the number first, of which 17 digits are a date; then as a person would sort. */
function compareNames(a: string, b: string): number {
  const [left, right] = [a, b].map(momentOf)
  return (
    (left ?? 0) - (right ?? 0) ||
    a.localeCompare(b, undefined, {
      usage: 'sort',
      numeric: true,
      sensitivity: 'variant',
      ignorePunctuation: true,
    })
  )
}

function momentOf(name: string): number {
  const number = /^\d+/.exec(name)?.[0] ?? ''
  const date = number.length === 17 ? dateOf(number) : null
  return date === null ? Number(number) : Date.parse(date) + Number(number.slice(14))
}

function migrationOf([name, files]: [string, readonly SourceFile[]]): readonly ForeignMigration[] {
  const direction = (wanted: string | undefined) =>
    files.find(({ path }) => fileName.exec(path)?.[3] === wanted)
  const [, number = '', words = ''] = /^(\d+)(.*)$/.exec(name) ?? []
  const facts = {
    id: revisionIdOf(name),
    fileName: name,
    message: messageOf(words) || name,
    createDate: dateOf(number),
  }
  const [whole, up, down] = [direction(undefined), direction('up'), direction('down')]
  if (whole !== undefined) return [{ ...facts, ...partsOf(whole) }]
  if (up !== undefined) return [{ ...facts, upgrade: wholeFile(up), downgrade: wholeFileIfAny(down) }]
  const alone = { file: down?.path ?? name, line: null, reason: 'it has no file that ends with .up.sql.' }
  return [{ ...facts, upgrade: alone, downgrade: wholeFileIfAny(down) }]
}

/** Without a comment that begins the down part, node-pg-migrate undoes nothing. */
function partsOf(file: SourceFile): Pick<ForeignMigration, 'upgrade' | 'downgrade'> {
  const { path, text } = file
  if (text === null || !path.endsWith('.sql')) {
    const code = { file: path, line: null, reason: 'it is JavaScript or TypeScript.' }
    return { upgrade: code, downgrade: null }
  }
  const [up, down] = [text.search(section('up')), text.search(section('down'))]
  const part = (from: number, other: number) => {
    const end = other > from ? other : undefined
    const cut = text.slice(from, end).replace(/^(\s*)--.*/, '$1')
    return { file: path, line: text.slice(0, from).split('\n').length, text: cut }
  }
  return {
    upgrade: up === -1 ? { file: path, line: 1, text } : part(up, down),
    downgrade: down === -1 ? null : part(down, up),
  }
}
