import { goose as gooseTool } from '../../takeover/goose.ts'
import { revisionIdOf } from '../../takeover/revision-id.ts'
import { dateOf, messageOf, stemOf } from './file-name.ts'
import type {
  ForeignMigration,
  NotConverted,
  ReadOptions,
  SourceFile,
  SourcePart,
  SqlFormat,
} from './format.ts'
import { withVariables } from './placeholders.ts'
import { endsStatement } from './statement-end.ts'

const fileName = /^(\d+)_([^/]*)\.(sql|go)$/
const annotation = /^--.*\+goose\s+(.*?)\s*$/

/**
 * One file a migration, with annotations such as `-- +goose Up`; a version is the number before its name, without leading
 * zeros. NO TRANSACTION needs nothing here: Limbeck's stages say where transactions are.
 */
export const goose: SqlFormat = {
  tool: gooseTool,
  detect: (files) =>
    files.some(({ path, text }) => fileName.test(path) && /^--\s*\+goose\s+up\b/im.test(text ?? '')),
  read(files, options) {
    const named = files.filter(({ path }) => fileName.test(path) && !path.endsWith('_test.go'))
    const numbered = named.map((file) => ({ file, version: BigInt(fileName.exec(file.path)?.[1] ?? 0) }))
    return {
      migrations: numbered
        .sort((a, b) => (a.version < b.version ? -1 : 1))
        .map(({ file, version }) => migrationOf(file, String(version), options)),
      passedOver: files
        .filter((file) => file.path.endsWith('.sql') && !named.includes(file))
        .map(({ path }) => ({ file: path, line: null, reason: 'its name is not VERSION_NAME.sql.' })),
    }
  },
}

function migrationOf({ path, text }: SourceFile, version: string, options: ReadOptions): ForeignMigration {
  const [, , words = '', extension] = fileName.exec(path) ?? []
  const named = {
    id: revisionIdOf(version),
    fileName: stemOf(path),
    message: messageOf(words),
    createDate: dateOf(version),
  }
  if (text === null || extension === 'go') {
    const code = { file: path, line: null, reason: 'it is Go code.' }
    return { ...named, upgrade: code, downgrade: null }
  }
  return { ...named, ...partsOf(path, text, options) }
}

type Line = { readonly text: string; readonly number: number }

/** Goes over a file as goose does, line by line: each belongs to one direction, and annotations to none. */
function partsOf(
  path: string,
  text: string,
  { placeholders }: ReadOptions,
): Pick<ForeignMigration, 'upgrade' | 'downgrade'> {
  const lines: Record<'up' | 'down', Line[]> = { up: [], down: [] }
  const wrong: Partial<Record<'up' | 'down', NotConverted>> = {}
  let direction: 'up' | 'down' | null = null
  let substitutes = false
  for (const [n, whole] of text.split('\n').entries()) {
    const line = { text: whole.replace(/\r$/, ''), number: n + 1 }
    const word = annotation.exec(line.text)?.[1]?.toLowerCase()
    if (word === 'up' || word === 'down') direction = word
    else if (word === 'envsub on' || word === 'envsub off') substitutes = word === 'envsub on'
    if (direction === null) continue
    if (word === undefined) {
      const said = substitutes ? withVariables(line.text, placeholders) : line.text
      if (typeof said === 'string') lines[direction].push({ ...line, text: said })
      else wrong[direction] ??= { file: path, line: line.number, reason: said.reason }
    } else lines[direction].push({ ...line, text: word === 'statementend' ? ended(lines[direction]) : '' })
  }
  const part = (name: 'up' | 'down') => wrong[name] ?? partOf(path, lines[name])
  return {
    upgrade: part('up') ?? { file: path, line: null, reason: 'it has no "-- +goose Up".' },
    downgrade: part('down'),
  }
}

/** A statement between StatementBegin and StatementEnd may lack its semicolon. */
function ended(lines: readonly Line[]): string {
  return endsStatement(lines.map(({ text }) => text).join('\n')) ? '' : ';'
}

function partOf(file: string, lines: readonly Line[]): SourcePart | null {
  const [first] = lines
  if (first === undefined) return null
  return { file, line: first.number, text: lines.map(({ text }) => text).join('\n') }
}
