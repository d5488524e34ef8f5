import type { ImportAlembicReport } from '../commands/import-alembic.ts'
import type { ImportSource } from './import-source.ts'
import { plural } from './text.ts'
import type { Input } from './verb.ts'

/** `limbeck import alembic PATH`. */
export const importAlembicSource: ImportSource = {
  name: 'alembic',
  summary: 'an Alembic project, by its folder or its alembic.ini',
  options: [
    {
      name: 'name',
      value: 'SECTION',
      summary: 'with alembic: the section of the ini file; default: alembic',
    },
  ],
  examples: ['limbeck import alembic ../service --check', 'limbeck import alembic ../service'],
  async run(input, path) {
    const { importAlembic } = await import('../commands/import-alembic.ts')
    const name = input.text('name')
    const check = input.flag('check')
    const report = await importAlembic(input.config, { path, check, ...(name === undefined ? {} : { name }) })
    return { report, text: reportText(report, check, input), exitCode: isWhole(report) ? 0 : 3 }
  },
}

function isWhole({ notConverted, broken }: ImportAlembicReport): boolean {
  return notConverted.length === 0 && broken.length === 0
}

function reportText(report: ImportAlembicReport, check: boolean, { style }: Input): string {
  const { revisions, whole, notConverted, broken, namingConvention } = report
  const sign = isWhole(report) ? style.good('✓') : style.warn('!')
  const verb = check ? 'can be converted' : 'converted'
  const share =
    whole === revisions
      ? `${plural(revisions, 'revision')} ${verb}`
      : `${whole} of ${plural(revisions, 'revision')} ${verb} whole`
  const where = check
    ? style.faint(`  ${report.from}`)
    : style.faint(`  ${report.from} → ${report.directory}`)
  const convention =
    namingConvention === null
      ? []
      : [style.faint(`  constraints are named as ${namingConvention.file}:${namingConvention.line} says`)]
  const left = [...broken, ...notConverted].map(
    ({ file, line, reason }) => `${style.bad('✗')} ${style.strong(`${file}:${line}`)}  ${reason}`,
  )
  const after =
    check || left.length === 0
      ? []
      : [
          style.faint(
            '  What is marked in these files has its Python beside it, and refuses to run until you write it.',
          ),
        ]
  return [`${sign} ${share}${where}`, ...convention, ...left, ...after].join('\n')
}
