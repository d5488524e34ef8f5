import { relative, resolve } from 'node:path'
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
  const { style, directory } = input
  const { revisions, known, notConverted, passedOver, written } = report
  const shown = (path: string) => relative(directory, path) || '.'
  const source = (path: string) => shown(resolve(report.folder, path))
  const refused = new Set(notConverted.map(({ file }) => file))
  const lines = columns(
    revisions.map(({ id, file, source: from }) => [
      refused.has(from) ? style.bad('✗') : style.good('✓'),
      style.strong(id),
      shown(file),
      style.faint(`from ${from}`),
    ]),
    1,
  )
  const place = ({ file, line }: NotConverted) => `${source(file)}${line === null ? '' : `:${line}`}`
  const control = revisions.reduce((sum, { transactionLines }) => sum + transactionLines.length, 0)
  const notes = [
    ...notConverted.map((one) => `${style.bad('✗')} ${place(one)}: ${one.reason}`),
    ...passedOver.map((one) => style.faint(`- ${place(one)} is passed over: ${one.reason}`)),
    ...(control === 0
      ? []
      : [
          style.faint(
            `BEGIN and COMMIT were left out on ${plural(control, 'line')}: stages say where transactions are.`,
          ),
        ]),
    ...(known.length === 0
      ? []
      : [
          style.faint(
            `${plural(known.length, 'revision')} of them ${known.length === 1 ? 'was' : 'were'} there already.`,
          ),
        ]),
  ]
  const done = `${plural(revisions.length, 'revision')} ${written ? 'written into' : 'would be written into'} ${shown(report.directory)}, from ${report.tool}`
  return [
    ...(revisions.length === 0 ? [] : [lines, '']),
    ...(notes.length === 0 ? [] : [...notes, '']),
    done,
    ...(written && revisions.length > 0 ? ['', next(report, input)] : []),
  ].join('\n')
}

/** What a person does next: a database that the tool has made has them all. */
function next({ tool, notConverted }: ImportSqlReport, { style }: Input): string {
  const lines = columns([
    [
      style.accent(`limbeck stamp --from ${tool}`),
      `for a database in which ${tool} has applied them: nothing is run again`,
    ],
    [style.accent('limbeck upgrade'), 'for an empty one: runs them'],
  ])
  const rest =
    notConverted.length === 0
      ? ''
      : 'Write into the files marked ✗ what was not converted: until then they refuse to run.\n'
  return `${rest}${lines}`
}
