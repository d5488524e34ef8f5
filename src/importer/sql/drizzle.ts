import { LimbeckError } from '../../error.ts'
import { drizzle as drizzleTool } from '../../takeover/drizzle.ts'
import { revisionIdOf } from '../../takeover/revision-id.ts'
import { dateOf, messageOf, sortedBy } from './file-name.ts'
import {
  type ForeignMigration,
  isConverted,
  type NotConverted,
  type SourceFile,
  type SourcePart,
  type SqlFormat,
} from './format.ts'
import { endsStatement } from './statement-end.ts'
import { wholeFile } from './whole-file.ts'

const journalFile = 'meta/_journal.json'
const script = /^([^/]+)\/migration\.sql$/

/** Drizzle's journal is not what Drizzle writes. */
export class JournalBroken extends LimbeckError {
  readonly code = 'JOURNAL_BROKEN'
  readonly file: string

  constructor(file: string, cause?: unknown) {
    super(`${file} is not a journal as drizzle-kit writes it.`, {
      hint: 'It has to have "entries", each with "tag" and "when". Nothing was written.',
      cause,
    })
    this.file = file
  }
}

/** A file a migration, in the order of a journal; of Drizzle 1, a folder a migration, in the order of their names. Nothing is undone. */
export const drizzle: SqlFormat = {
  tool: drizzleTool,
  detect: (files) => {
    const has = (wanted: (path: string) => boolean) => files.some(({ path }) => wanted(path))
    return (
      has((path) => path === journalFile) ||
      (has((path) => script.test(path)) && has((path) => path.endsWith('/snapshot.json')))
    )
  },
  read(files) {
    const journal = files.find(({ path }) => path === journalFile)
    const migrations = journal === undefined ? ofFolders(files) : ofJournal(journal, files)
    const used = new Set(migrations.map(({ upgrade }) => upgrade.file))
    return {
      migrations,
      passedOver: files
        .filter(({ path }) => path.endsWith('.sql') && !used.has(path))
        .map(({ path }) => ({ file: path, line: null, reason: 'no entry of the journal is about it.' })),
    }
  },
}

type Entry = { readonly tag: string; readonly when: number }

function ofJournal(journal: SourceFile, files: readonly SourceFile[]): readonly ForeignMigration[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  return entriesOf(journal).map(({ tag, when }) => {
    const path = `${tag}.sql`
    const missing = { file: path, line: null, reason: 'the journal names it, and it is not there.' }
    const file = byPath.get(path)
    return {
      ...named(tag),
      createDate: new Date(when).toISOString(),
      upgrade: file === undefined ? missing : withoutBreakpoints(wholeFile(file)),
      downgrade: null,
    }
  })
}

function entriesOf({ path, text }: SourceFile): readonly Entry[] {
  let journal: unknown
  try {
    journal = JSON.parse(text ?? '')
  } catch (error) {
    throw new JournalBroken(path, error)
  }
  const entries = journal instanceof Object && 'entries' in journal ? journal.entries : null
  if (!Array.isArray(entries) || !entries.every(isEntry)) throw new JournalBroken(path)
  return entries
}

function isEntry(entry: unknown): entry is Entry {
  return (
    entry instanceof Object &&
    'tag' in entry &&
    typeof entry.tag === 'string' &&
    'when' in entry &&
    typeof entry.when === 'number'
  )
}

function ofFolders(files: readonly SourceFile[]): readonly ForeignMigration[] {
  const scripts = files.filter(({ path }) => script.test(path))
  return sortedBy(scripts, ({ path }) => path).map((file) => {
    const name = script.exec(file.path)?.[1] ?? ''
    return {
      ...named(name),
      createDate: dateOf(/^\d+/.exec(name)?.[0] ?? ''),
      upgrade: withoutBreakpoints(wholeFile(file)),
      downgrade: null,
    }
  })
}

function named(name: string): Pick<ForeignMigration, 'id' | 'fileName' | 'message'> {
  return { id: revisionIdOf(name), fileName: name, message: messageOf(name.replace(/^\d+_/, '')) || name }
}

/** Drizzle sends what is between two breakpoints as one, and so needs no semicolons. */
function withoutBreakpoints(part: SourcePart | NotConverted): SourcePart | NotConverted {
  if (!isConverted(part)) return part
  const { text } = part
  const replaced = text.replaceAll('--> statement-breakpoint', (_, at: number) =>
    endsStatement(text.slice(0, at).replaceAll('--> statement-breakpoint', '')) ? '' : ';',
  )
  return { ...part, text: replaced }
}
