import { resolve, sep } from 'node:path'
import type { ImportAlembicOptions, ImportAlembicReport } from '../commands/import-alembic.ts'
import type { ImportSource } from './import-source.ts'
import { Misuse } from './options.ts'
import type { Style } from './style.ts'
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
    {
      name: 'modernise',
      summary: 'with alembic: say constraints, indexes, enums and updates of all rows in Limbeck’s safe way',
    },
    { name: 'verify', summary: 'with alembic: run the revisions then, in an embedded database' },
    {
      name: 'dump',
      value: 'FILE',
      summary: 'with --verify: what Alembic has made, as pg_dump --schema-only prints it, to compare with',
    },
  ],
  examples: ['limbeck import alembic ../service --check', 'limbeck import alembic ../service'],
  async run(input, path) {
    const { importAlembic } = await import('../commands/import-alembic.ts')
    const name = input.text('name')
    const check = input.flag('check')
    const modernise = input.flag('modernise')
    const options = { path, check, modernise, ...(name === undefined ? {} : { name }) }
    const report = await importAlembic(input.config, { ...options, ...verifying(input) })
    return { report, text: reportText(report, options, input), exitCode: isWhole(report) ? 0 : 3 }
  },
}

function verifying(input: Input): Pick<ImportAlembicOptions, 'verify' | 'dump' | 'signal'> {
  const [verify, dump] = [input.flag('verify'), input.text('dump')]
  if (verify && input.flag('check'))
    throw new Misuse('--verify runs the files, and --check writes none.', { hint: 'Say one of them.' })
  if (dump !== undefined && !verify)
    throw new Misuse('--dump is compared with what the revisions make when they run.', {
      hint: 'Say --verify too.',
    })
  return {
    verify,
    signal: input.run.signal,
    ...(dump === undefined ? {} : { dump: resolve(input.directory, dump) }),
  }
}

function isWhole({ notConverted, broken, replayed }: ImportAlembicReport): boolean {
  const isRun =
    replayed === null || (replayed.failed.length === 0 && (replayed.differences ?? []).length === 0)
  return notConverted.length === 0 && broken.length === 0 && isRun
}

function reportText(
  report: ImportAlembicReport,
  { check, modernise }: { readonly check: boolean; readonly modernise: boolean },
  input: Input,
): string {
  const { style } = input
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
  const there =
    report.known === 0
      ? []
      : [
          style.faint(
            `  ${plural(report.known, 'revision')} ${report.known === 1 ? 'was' : 'were'} there already, and stay as they are`,
          ),
        ]
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
  return [
    `${sign} ${share}${where}`,
    ...there,
    ...convention,
    ...left,
    ...after,
    ...findingLines(report, modernise, style),
    ...replayedLines(report, input),
  ].join('\n')
}

/** What came of running them. */
function replayedLines({ replayed }: ImportAlembicReport, { style, directory }: Input): readonly string[] {
  if (replayed === null) return []
  const { revisions, failed, untried, differences } = replayed
  const done = revisions - failed.length - untried.length
  const ran =
    done === revisions
      ? `${style.good('✓')} ${plural(revisions, 'revision')} run on an empty database`
      : `${style.bad('✗')} ${done} of ${plural(revisions, 'revision')} run on an empty database`
  return [
    ran,
    // A reason names the file with all that is above it.
    ...failed.map(({ reason }) => `  ${style.bad('✗')} ${reason.replaceAll(`${directory}${sep}`, '')}`),
    ...(untried.length === 0 ? [] : [style.faint(`  what comes after is not tried: ${untried.join(', ')}`)]),
    ...(differences === null ? [] : differenceLines(differences, style)),
  ]
}

function differenceLines(differences: readonly string[], style: Style): readonly string[] {
  if (differences.length === 0) return [`${style.good('✓')} they make the schema of the dump`]
  return [
    `${style.bad('✗')} they make another schema than the dump's, which still needs`,
    ...differences.map((title) => `  ${style.bad('·')} ${title}`),
  ]
}

/** What is said in a safer way; or how much there would be of it. */
function findingLines(
  { findings }: ImportAlembicReport,
  modernise: boolean,
  style: Style,
): readonly string[] {
  if (findings.length === 0) return []
  if (!modernise)
    return [
      style.faint(`  ${plural(findings.length, 'place')} can be said in a safer way: --modernise does so.`),
    ]
  return findings.map(
    ({ file, line, found, instead }) =>
      `${style.accent('~')} ${style.strong(`${file}:${line}`)}  ${found} ${style.faint(`→ ${instead}`)}`,
  )
}
