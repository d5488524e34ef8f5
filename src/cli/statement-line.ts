import type { Amount } from '../migrate/progress-reports.ts'
import type { StatementProgress } from '../migrate/statement-progress.ts'
import type { Style } from './style.ts'
import { count, cut, duration } from './text.ts'

const barWidth = 24

/** How far a statement is: a bar for the phase that it is in, as much beside it as there is room for, and the time. */
export function statementLine(progress: StatementProgress, style: Style, width: number): string {
  const { amount, phase, command, seconds } = progress
  const time = duration(1000 * seconds)
  if (command === null) return line(untold(progress), time, style, width)
  const words = [phase ?? command, ...(amount === null ? [] : [amountText(amount)])]
  if (amount === null || amount.total === null) return line(words, time, style, width)
  const share = amount.done / amount.total
  const filled = Math.round(share * barWidth)
  const bar = style.accent('█'.repeat(filled)) + style.faint('░'.repeat(barWidth - filled))
  const percent = String(Math.floor(share * 100)).padStart(3)
  return `    ${bar} ${percent} %  ${line(words, time, style, width - barWidth - 12, '')}`
}

/** What there is to say of a statement of which PostgreSQL tells nothing. */
function untold({ relation, bytes }: StatementProgress): readonly string[] {
  if (relation === null) return ['at work']
  return [`at work on ${relation}`, ...(bytes === null ? [] : [size(bytes)])]
}

function amountText({ done, total, unit }: Amount): string {
  const [so, of] =
    unit === 'bytes'
      ? [size(done), total === null ? null : size(total)]
      : [count(done), total === null ? null : count(total)]
  const noun = unit === 'bytes' ? '' : unit === 'lockers' ? ' gone' : ` ${unit}`
  return `${so}${of === null ? '' : ` of ${of}`}${noun}`
}

/** The time stands at the end whatever else there is room for. */
function line(words: readonly string[], time: string, style: Style, width: number, indent = '    '): string {
  const room = width - 1 - indent.length - time.length - 2
  const fitting = [...words]
  while (fitting.length > 1 && fitting.join(', ').length > room) fitting.pop()
  return `${indent}${style.faint(`${cut(fitting.join(', '), room)}  ${time}`)}`
}

const sizes = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes as pg_size_pretty has them, with steps of 1024. */
function size(bytes: number): string {
  const step = Math.min(sizes.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const value = bytes / 1024 ** step
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${sizes[step]}`
}
