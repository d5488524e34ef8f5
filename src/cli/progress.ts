import type { BackfillProgress } from '../backfill/backfill-run.ts'
import type { Blocker } from '../migrate/blockers.ts'
import type { MigrateEvent, OnEvent } from '../migrate/events.ts'
import { blockerLines, blockerName } from './blocker-line.ts'
import { statementLine } from './statement-line.ts'
import type { Style } from './style.ts'
import { count, cut, duration, pad, plural, wrapped } from './text.ts'

/** Where progress goes: a terminal, on which a line can be drawn over, or a file or pipe, where each line is kept. */
export type ProgressTarget = {
  readonly interactive: boolean
  readonly width: number
  /** Where lines that are kept end between words, if they do. */
  readonly wrap: number | null
  write(text: string): void
}

const barWidth = 24
/** Milliseconds between lines about a backfill, and about a statement, where lines are kept. */
const keptLineEvery = 5_000
const keptStatementEvery = 30_000

/** Tells a run's events to a person, a line a stage; the stage under way is drawn over and over on a terminal. */
export function progressPrinter(target: ProgressTarget, style: Style): OnEvent & { clear(): void } {
  let live = ''
  let lastKept = 0
  let stage = ''
  const clear = () => {
    if (live !== '') target.write(`\r\u001b[K${'\u001b[1A\u001b[K'.repeat(live.split('\n').length - 1)}`)
    live = ''
  }
  const keep = (line: string) => {
    clear()
    target.write(`${target.wrap === null ? line : wrapped(line, target.wrap)}\n`)
  }
  const draw = (line: string) => {
    if (!target.interactive) return
    clear()
    live = line
    target.write(line)
  }
  /** What is over soon: on a terminal the next line takes its place. */
  const note = target.interactive ? draw : keep
  const width = Math.max(20, target.width - 18)
  /** A line a directive; the time that all of them took stands at the last. */
  const stageLines = (mark: string, titles: readonly string[], time: string) =>
    titles
      .map((title, n) => {
        const last = n === titles.length - 1 ? time.padStart(10) : ''
        return `  ${n === 0 ? mark : ' '} ${pad(cut(title, width), width)} ${last}`.trimEnd()
      })
      .join('\n')
  const keepBlockers = (words: string, blockers: readonly Blocker[]) => {
    for (const blocker of blockers) {
      const [head = '', ...query] = blockerLines(words, blocker, target.width - 1)
      keep([style.warn(head), ...query.map(style.faint)].join('\n'))
    }
  }
  const tell = (event: MigrateEvent) => {
    switch (event.type) {
      case 'lease-waiting': {
        const holder = event.holder
        const who =
          holder === null
            ? ''
            : ` (session ${holder.processId}${holder.address === null ? '' : ` from ${holder.address}`})`
        return keep(style.warn(`waiting for another runner to end${who}`))
      }
      case 'volley-sent': {
        const [first = '', last = ''] = [event.revisions.at(0), event.revisions.at(-1)]
        stage = `  ${style.accent('·')} ${event.revisions.length} revisions, ${first} to ${last}`
        return draw(stage)
      }
      case 'revision-started': {
        const verb = event.direction === 'upgrade' ? '' : style.warn('undo ')
        const resumed = event.resumed ? style.warn(' (goes on where it stopped)') : ''
        const message = event.message === '' ? '' : `  ${style.faint(event.message)}`
        keep(`${verb}${style.strong(event.revision)}${resumed}${message}`)
        for (const warning of event.warns) keep(style.warn(`  ! ${warning}`))
        return
      }
      case 'stage-started':
        lastKept = performance.now()
        stage = stageLines(style.accent('·'), [event.titles.join('; ')], '')
        return draw(stage)
      case 'statement-progress': {
        const line = statementLine(event.progress, style, target.width)
        if (target.interactive) return draw(stage === '' ? line : `${stage}\n${line}`)
        if (performance.now() - lastKept < keptStatementEvery) return
        lastKept = performance.now()
        return keep(line)
      }
      case 'stage-done': {
        stage = ''
        if (event.detached === true)
          return keep(
            `  ${style.warn('…')} ${event.titles.join('; ')} is left to "limbeck backfill run ${event.revision}"`,
          )
        const time = event.skipped ? 'done before' : duration(event.milliseconds)
        return keep(stageLines(style.good('✓'), event.titles, style.faint(time.padStart(10))))
      }
      case 'backfill': {
        const line = backfillLine(event.progress, style, target.width)
        if (target.interactive) return draw(line)
        if (performance.now() - lastKept < keptLineEvery) return
        lastKept = performance.now()
        return keep(line)
      }
      case 'backfill-waits':
        return keep(style.warn(event.reason === null ? '    … goes on' : `    … waits: ${event.reason}`))
      case 'backfill-detached':
        // Its stage says so when it is recorded.
        return
      case 'worker-ended': {
        const { processId, ordinal, seconds } = event.worker
        return keep(
          style.warn(
            `  ! session ${processId} had range ${ordinal} and did not move for ${seconds} s: it was ended`,
          ),
        )
      }
      case 'rows-set-aside':
        return keep(
          style.warn(
            `  ! ${plural(event.rows, 'row')} set aside and not done: "limbeck backfill retry ${event.revision}" tries again`,
          ),
        )
      case 'backfill-edited':
        return keep(
          style.warn(
            `  ! ${event.title} was edited after it was begun: what its batches did stays as it was`,
          ),
        )
      case 'retry':
        return note(
          style.warn(
            `  ↻ ${event.reason}; attempt ${event.attempt + 1} in ${duration(event.pauseMilliseconds)}`,
          ),
        )
      case 'blocked':
        return keepBlockers('waiting for', event.blockers)
      case 'in-the-way':
        return keepBlockers('in the way:', event.blockers)
      case 'found-before':
        keep(style.warn(`! ${event.what}`))
        return event.hint === null ? undefined : keep(style.faint(`  ${event.hint}`))
      case 'blocker-terminated':
        return keep(
          style.warn(
            `  ✂ ${blockerName(event.blocker)} was ended: it has blocked this run for ${duration(event.seconds * 1000)}`,
          ),
        )
      case 'blocker-spared':
        keep(style.warn(`  ! ${blockerName(event.blocker)} was not ended: ${event.reason}`))
        return keep(style.faint(`    ${event.hint}`))
      case 'unwatched':
        return keep(style.warn(`  ! nobody can look for whom this run waits: ${event.reason}`))
      case 'revision-done':
        return
    }
  }
  return Object.assign(tell, { clear })
}

/** A bar, and beside it as much as there is room for. */
function backfillLine(
  { scanned, estimated, written, batchRows, batchMilliseconds }: BackfillProgress,
  style: Style,
  width: number,
): string {
  const share = estimated === 0 ? 0 : Math.min(1, scanned / estimated)
  const filled = Math.round(share * barWidth)
  const bar = style.accent('█'.repeat(filled)) + style.faint('░'.repeat(barWidth - filled))
  const rate = batchMilliseconds === 0 ? 0 : (batchRows / batchMilliseconds) * 1000
  const rows = scanned > estimated ? count(scanned) : `${count(scanned)} of about ${count(estimated)}`
  const parts = [`${rows} rows`, `${count(Math.round(rate))}/s`, `${count(written)} written`]
  const head = `    ${bar} ${String(Math.floor(share * 100)).padStart(3)} %  `
  const room = width - 1 - barWidth - 12
  while (parts.length > 1 && parts.join(', ').length > room) parts.pop()
  return head + style.faint(cut(parts.join(', '), room))
}
