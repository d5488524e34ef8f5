import type { LintedStatement, LintReport } from '../commands/lint.ts'
import type { Hazard, Level } from '../lint/hazard.ts'
import { levels } from '../lint/hazard.ts'
import type { LockMode } from '../operations/operation.ts'
import { notices } from './lint-formats/found.ts'
import type { Style } from './style.ts'
import { cut, duration, plural } from './text.ts'

/** How the text is to look, and how long it took to know it. */
export type LintTextOptions = {
  readonly style: Style
  /** The statements are cut to it; the other lines are broken by whoever prints them. */
  readonly width: number
  readonly milliseconds: number
}

/** A report for people: what was found, by file and statement, and a line of what there is in all. */
export function lintText(report: LintReport, options: LintTextOptions): string {
  const { style } = options
  const told = new Set<string>()
  const files = [...new Set(report.statements.map(({ file }) => file))]
  return [
    ...files.flatMap((file) =>
      fileLines(
        file,
        report.statements.filter((one) => one.file === file),
        { ...options, told },
      ),
    ),
    ...report.fixed.flatMap((fix) => fixLines(fix, options)),
    ...notices(report).map((one) => `${style.warn('!')} ${one}`),
    summary(report, options),
  ].join('\n')
}

/** What stood there and what stands there now. */
function fixLines(
  { file, line, rules, before, after }: LintReport['fixed'][number],
  { style }: LintTextOptions,
): readonly string[] {
  return [
    `${style.good('✓')} rewritten: ${style.strong(`${file}:${line}`)} ${style.faint(rules.join(', '))}`,
    ...before.split('\n').map((one) => style.bad(`    - ${one}`)),
    ...after.split('\n').map((one) => style.good(`    + ${one}`)),
    '',
  ]
}

type FileTextOptions = LintTextOptions & {
  /** What to write instead, as far as it stands above: it is the same for many statements. */
  readonly told: Set<string>
}

function fileLines(
  file: string,
  statements: readonly LintedStatement[],
  options: FileTextOptions,
): readonly string[] {
  const shown = statements.filter(({ hazards }) => hazards.length > 0)
  if (shown.length === 0) return []
  const numbers = Math.max(...shown.map(({ line }) => String(line).length))
  return [
    options.style.strong(file),
    ...shown.flatMap((statement) => [...statementLines(statement, { ...options, numbers }), '']),
  ]
}

function statementLines(
  { line, text, locks, hazards }: LintedStatement,
  { style, width, told, numbers }: FileTextOptions & { readonly numbers: number },
): readonly string[] {
  const before = `${String(line).padStart(numbers + 2)}  `
  const indent = ' '.repeat(before.length)
  const held = locksText(locks)
  const said = new Set(locks.map(({ mode, relation }) => `${mode} on ${relation}`))
  return [
    `${style.faint(before)}${style.strong(cut(firstLine(text), Math.max(20, width - before.length)))}`,
    ...(held === '' ? [] : [style.faint(`${indent}locks ${held}`)]),
    ...hazards.flatMap((hazard) => hazardLines(hazard, { style, indent, said, told })),
  ]
}

/** `said`: the evidence that stands already with the statement. */
function hazardLines(
  { level, rule, message, evidence, recipe }: Hazard,
  {
    style,
    indent,
    said,
    told,
  }: Pick<FileTextOptions, 'style' | 'told'> & {
    readonly indent: string
    readonly said: Set<string>
  },
): readonly string[] {
  const fresh = evidence.filter((one) => !said.has(one))
  for (const one of fresh) said.add(one)
  const lines = recipe === null || told.has(recipe) ? [] : recipe.split('\n')
  if (recipe !== null) told.add(recipe)
  return [
    `${indent}${mark(level, style)} ${message.replaceAll('\n', `\n${indent}  `)} ${style.faint(rule)}`,
    ...fresh.flatMap((one) => one.split('\n')).map((one) => style.faint(`${indent}  ${one}`)),
    ...lines.map((one, at) => `${indent}  ${at === 0 ? '→ ' : '  '}${style.accent(one)}`),
  ]
}

function mark(level: Level, style: Style): string {
  switch (level) {
    case 'error':
      return style.bad('✗')
    case 'warning':
      return style.warn('!')
    case 'advice':
      return style.faint('·')
  }
}

/** From the strongest on. */
const modes: readonly LockMode[] = [
  'AccessExclusive',
  'Exclusive',
  'ShareRowExclusive',
  'Share',
  'ShareUpdateExclusive',
  'RowExclusive',
  'RowShare',
  'AccessShare',
]

/** More names than that of one mode are counted. */
const most = 4

function locksText(locks: LintedStatement['locks']): string {
  return modes
    .flatMap((mode) => {
      const names = locks
        .filter((lock) => lock.existedBefore && lock.mode === mode)
        .map(({ relation }) => relation)
      const rest = names.length > most + 1 ? [`${names.length - most} more`] : []
      const shown = rest.length > 0 ? [...names.slice(0, most), ...rest] : names
      return shown.length === 0 ? [] : [`${mode} on ${shown.join(', ')}`]
    })
    .join('; ')
}

/** What there is to read of a statement in a line: its words, without the layout. */
function firstLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function summary({ statements }: LintReport, { style, milliseconds }: LintTextOptions): string {
  const hazards = statements.flatMap((one) => one.hazards)
  const accepted = statements.flatMap((one) => one.accepted)
  const counts = [
    ...levels.flatMap((level) => {
      const found = hazards.filter((one) => one.level === level).length
      return found === 0 ? [] : [`${mark(level, style)} ${levelCount(level, found)}`]
    }),
    ...(accepted.length === 0 ? [] : [`${accepted.length} accepted`]),
  ]
  const transactions = new Set(statements.map(({ transaction }) => transaction).filter((one) => one !== null))
  const looked = `${plural(statements.length, 'statement')} in ${plural(transactions.size, 'transaction')}`
  const found = hazards.length === 0 ? [`${style.good('✓')} nothing found`, ...counts] : counts
  return `${found.join('  ')}\n${style.faint(`  ${looked}, ${duration(milliseconds)}`)}`
}

function levelCount(level: Level, found: number): string {
  return level === 'advice' ? `${found} advice` : plural(found, level)
}
