import type { Amount } from '../migrate/progress-reports.ts'
import type { StatementProgress } from '../migrate/statement-progress.ts'
import type { Style } from './style.ts'
import { count, cut, duration, pad } from './text.ts'

/** How far a statement is: a bar for the phase that it is in, as much beside it as there is room for, and the time. */
export function statementLine(progress: StatementProgress, style: Style, width: number): string {
  const { amount, phase, command, seconds } = progress
  const time = duration(1000 * seconds).padStart(10)
  // The time stands below those of the stages that are done.
  const room = width - 3 - time.length
  if (command === null) return `    ${fitted(untold(progress), room - 4, style)}${style.faint(time)}`
  const words = [phase ?? command, ...(amount === null ? [] : [amountText(amount)])]
  if (amount === null || amount.total === null)
    return `    ${fitted(words, room - 4, style)}${style.faint(time)}`
  const barWidth = width < 100 ? 16 : 24
  const filled = Math.round((amount.done / amount.total) * barWidth)
  const bar = style.accent('█'.repeat(filled)) + style.faint('░'.repeat(barWidth - filled))
  const percent = String(Math.floor((100 * amount.done) / amount.total)).padStart(3)
  return `    ${bar} ${percent} %  ${fitted(words, room - barWidth - 12, style)}${style.faint(time)}`
}

/** What there is to say of a statement of which PostgreSQL tells nothing. */
function untold({ relation, bytes }: StatementProgress): readonly string[] {
  if (relation === null) return ['at work']
  return [`at work on ${relation}`, ...(bytes === null ? [] : [size(bytes)])]
}

function amountText({ done, total, unit }: Amount): string {
  const said = unit === 'bytes' ? size : count
  const whole = total === null ? '' : ` of ${said(total)}`
  return `${said(done)}${whole}${nouns[unit]}`
}

const nouns = {
  blocks: ' blocks',
  tuples: ' tuples',
  indexes: ' indexes',
  // It waits for them to be gone.
  lockers: ' gone',
  bytes: '',
} as const

/** As many of the words as there is room for, and blanks for the rest of it. */
function fitted(words: readonly string[], room: number, style: Style): string {
  const fitting = [...words]
  while (fitting.length > 1 && fitting.join(', ').length > room) fitting.pop()
  return style.faint(pad(cut(fitting.join(', '), room), room))
}

const sizes = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes as pg_size_pretty has them, with steps of 1024. */
function size(bytes: number): string {
  const step = Math.min(sizes.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const value = bytes / 1024 ** step
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${sizes[step]}`
}
