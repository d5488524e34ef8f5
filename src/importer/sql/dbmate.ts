import { dbmate as dbmateTool } from '../../takeover/dbmate.ts'
import { revisionIdOf } from '../../takeover/revision-id.ts'
import { dateOf, messageOf, sortedBy, stemOf } from './file-name.ts'
import type { ForeignMigration, NotConverted, SourceFile, SourcePart, SqlFormat } from './format.ts'
import { joined, sections } from './sections.ts'

const fileName = /^(\d+)([^/]*)\.sql$/
const marker = /^--\s*migrate:(up|down)(?:\s|$)/

/** One file a migration, with `-- migrate:up` and `-- migrate:down`; a version is the number before its name. */
export const dbmate: SqlFormat = {
  tool: dbmateTool,
  detect: (files) =>
    files.some(
      ({ path, text }) => fileName.test(path) && text?.split('\n').some((line) => marker.test(line)) === true,
    ),
  read(files) {
    const sql = files.filter(({ path }) => path.endsWith('.sql'))
    const named = sql.filter(({ path }) => fileName.test(path))
    return {
      migrations: sortedBy(named, ({ path }) => path).map(migrationOf),
      passedOver: sql
        .filter((file) => !named.includes(file))
        .map(({ path }) => ({ file: path, line: null, reason: 'its name does not begin with a version.' })),
    }
  },
}

function migrationOf({ path, text }: SourceFile): ForeignMigration {
  const [, version = '', words = ''] = fileName.exec(path) ?? []
  return {
    id: revisionIdOf(version),
    fileName: stemOf(path),
    message: messageOf(words) || version,
    createDate: dateOf(version),
    ...partsOf(path, text ?? ''),
  }
}

/** A file may have several pairs of an up and a down part; going down, dbmate runs these in the same order. */
function partsOf(path: string, text: string): Pick<ForeignMigration, 'upgrade' | 'downgrade'> {
  const found = sections({ path, text }, (line) => marker.test(line))
  const partsIn = (direction: string): readonly SourcePart[] =>
    found.flatMap((section) => (marker.exec(section.text)?.[1] === direction ? [section.part] : []))
  const before = text.split('\n').slice(0, (found[0]?.line ?? 1) - 1)
  const early = before.findIndex((line) => line.trim() !== '' && !line.trimStart().startsWith('--'))
  const upgrade =
    early === -1 ? joined(partsIn('up')) : refused(path, early + 1, 'it stands before the "-- migrate:up".')
  return {
    upgrade: upgrade ?? refused(path, null, 'it has no "-- migrate:up".'),
    downgrade: joined(partsIn('down')),
  }
}

function refused(file: string, line: number | null, reason: string): NotConverted {
  return { file, line, reason }
}
