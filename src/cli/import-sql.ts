import { basename, relative, resolve } from 'node:path'
import type { ImportSqlReport } from '../commands/import-sql.ts'
import type { NotConverted } from '../importer/sql/format.ts'
import type { ImportSource } from './import-source.ts'
import { Misuse } from './options.ts'
import { columns, plural } from './text.ts'
import type { Input } from './verb.ts'

/** `limbeck import sql PATH`. */
export const importSqlSource: ImportSource = {
  name: 'sql',
  summary:
    'a folder of SQL of Prisma, Drizzle, Flyway, dbmate, goose, golang-migrate, sqitch or node-pg-migrate',
  options: [
    { name: 'tool', value: 'NAME', summary: 'with sql: of which tool the folder is; default: as it looks' },
    {
      name: 'placeholder',
      value: 'NAME=VALUE',
      many: true,
      summary: 'with sql: the value that a script has where it says $NAME in braces',
    },
  ],
  examples: [
    'limbeck import sql db/migrations --check',
    'limbeck import sql prisma/migrations --migrations revisions',
  ],
  async run(input, path) {
    const { importSql } = await import('../commands/import-sql.ts')
    const tool = input.text('tool')
    const report = await importSql(input.config, resolve(input.directory, path), {
      check: input.flag('check'),
      placeholders: placeholders(input.texts('placeholder') ?? []),
      ...(tool === undefined ? {} : { tool }),
    })
    return {
      report,
      text: reportText(report, input),
      exitCode: report.notConverted.length > 0 ? 3 : 0,
    }
  },
}

function placeholders(given: readonly string[]): { readonly [name: string]: string } {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=')
      if (at < 1) throw new Misuse(`--placeholder takes NAME=VALUE, not ${JSON.stringify(text)}.`)
      return [text.slice(0, at), text.slice(at + 1)]
    }),
  )
}

function reportText(report: ImportSqlReport, input: Input): string {
  const { revisions, known, written, title } = report
  const notes = notesOf(report, input)
  const place = shownFrom(input)(report.directory)
  if (revisions.length === 0 && known.length > 0)
    return [...notes, `Nothing to do: all ${known.length} are in ${place} already.`].join('\n')
  return [
    ...(revisions.length === 0 ? [] : [listText(report, input), '']),
    ...(notes.length === 0 ? [] : [...notes, '']),
    `${plural(revisions.length, 'revision')} ${written ? 'written into' : 'would be written into'} ${place}, from ${title}`,
    ...(written && revisions.length > 0 ? ['', nextText(report, input)] : []),
  ].join('\n')
}

/** A path as the person would type it. */
function shownFrom({ directory }: Input): (path: string) => string {
  return (path) => relative(directory, path) || '.'
}

function listText({ revisions }: ImportSqlReport, input: Input): string {
  const { style } = input
  const rows = revisions.map(({ id, file, source, refuses }) => [
    refuses ? style.bad('✗') : style.good('✓'),
    style.strong(id),
    shownFrom(input)(file),
    // The name of its file tells most of it.
    basename(file) === basename(source) ? '' : style.faint(`from ${source}`),
  ])
  return columns(rows, 1).replaceAll(/ +$/gm, '')
}

/** What a person has to look at, and what was done that is not to be seen in the files. */
function notesOf(report: ImportSqlReport, input: Input): readonly string[] {
  const { notConverted, passedOver, revisions, known } = report
  const { style } = input
  const place = ({ file, line }: NotConverted) =>
    `${shownFrom(input)(resolve(report.folder, file))}${line === null ? '' : `:${line}`}`
  const control = revisions.reduce((sum, { transactionLines }) => sum + transactionLines.length, 0)
  const quiet = [
    ...passedOver.map((one) => `- ${place(one)} is passed over: ${one.reason}`),
    ...(control === 0
      ? []
      : [`BEGIN and COMMIT are left out on ${plural(control, 'line')}: stages say where transactions are.`]),
    ...(known.length === 0 || revisions.length === 0 ? [] : [`${known.length} more are there already.`]),
  ]
  return [
    ...notConverted.map((one) => `${style.bad('✗')} ${place(one)}: ${one.reason}`),
    ...quiet.map((line) => style.faint(line)),
  ]
}

/** What a person does next. */
function nextText({ tool, title, revisions }: ImportSqlReport, { style }: Input): string {
  const lines = columns([
    [
      style.accent(`limbeck stamp --from ${tool}`),
      `for a database in which ${title} has applied them: nothing is run again`,
    ],
    [style.accent('limbeck upgrade'), 'for an empty one: runs them'],
  ])
  return [...(revisions.some(({ refuses }) => refuses) ? [whatRefuses] : []), lines].join('\n')
}

const whatRefuses = 'Write into the files marked ✗ what was not converted: until then they refuse to run.'
