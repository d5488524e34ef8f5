import { constants } from 'node:os'
import { InterruptedUnwritten } from '../commands/stoppable.ts'
import { type BackfillStanding, Interrupted, type Standing } from '../migrate/failure.ts'
import type { Style } from './style.ts'
import { columns, count, cut, plural } from './text.ts'

/** 128 and the signal's number, as a shell has it for a command that a signal ended: 130 after Ctrl-C, 143 after SIGTERM. */
export function interruptedExitCode(signal: 'SIGINT' | 'SIGTERM' | null): number {
  return 128 + constants.signals[signal ?? 'SIGINT']
}

type Interruption = Interrupted | InterruptedUnwritten

/** Whether somebody has asked it to stop, so that it is no failure. */
export function isInterruption(error: unknown): error is Interruption {
  return error instanceof Interrupted || error instanceof InterruptedUnwritten
}

/** An interruption for people: that it is no failure, what is done, what is not, and how it goes on. */
export function interruptionText(error: Interruption, style: Style): string {
  const lines = [`${style.warn('interrupted')}  ${error.message}`]
  const rows = 'standing' in error && error.standing !== null ? standingRows(error.standing, style) : []
  if (rows.length > 0) lines.push('', columns(rows))
  if (error.hint !== undefined) lines.push('', `${style.accent('hint')}   ${error.hint}`)
  return lines.join('\n')
}

function standingRows({ done, halfDone, notBegun }: Standing, style: Style): readonly (readonly string[])[] {
  return [
    ...(done.length === 0 ? [] : [[`  ${style.good('✓')}`, 'done', revisionsText(done)]]),
    ...(halfDone === null ? [] : [[`  ${style.warn('…')}`, 'half done', halfDoneText(halfDone)]]),
    ...(notBegun.length === 0 ? [] : [[`  ${style.faint('·')}`, 'not begun', revisionsText(notBegun)]]),
  ]
}

/** As many names as a person reads. */
const namedAtMost = 4

function revisionsText(ids: readonly string[]): string {
  const more = ids.length - namedAtMost
  return more <= 0
    ? ids.join(', ')
    : `${plural(ids.length, 'revision')}: ${ids.slice(0, namedAtMost - 1).join(', ')}, … ${ids.at(-1)}`
}

function halfDoneText({ revision, stages, backfill }: NonNullable<Standing['halfDone']>): string {
  const parts = [
    ...(stages.length === 0 ? [] : [`${cut(stages.join('; '), 100)} is done`]),
    ...(backfill === null ? [] : [backfillText(backfill)]),
  ]
  return [revision, ...(parts.length === 0 ? [] : [parts.join('; ')])].join(': ')
}

function backfillText({ title, scanned, estimated }: BackfillStanding): string {
  const of = estimated === null || scanned > estimated ? '' : ` of about ${count(estimated)}`
  return `${count(scanned)}${of} rows of the backfill ${title}`
}
