import type { MigrateEvent, OnEvent } from '../migrate/events.ts'
import type { Style } from './style.ts'
import { count, cut, duration, pad } from './text.ts'

/** Where progress goes: a terminal, on which a line can be drawn over, or a file or pipe, where each line is kept. */
export type ProgressTarget = {
  readonly interactive: boolean
  readonly width: number
  write(text: string): void
}

const barWidth = 24
/** Milliseconds between lines about a backfill where lines are kept. */
const keptLineEvery = 5_000

/** Tells a run's events to a person, a line a stage; the stage under way is drawn over and over on a terminal. */
export function progressPrinter(target: ProgressTarget, style: Style): OnEvent & { clear(): void } {
  let live = ''
  let lastKept = 0
  const clear = () => {
    if (live !== '') target.write('\r\u001b[K')
    live = ''
  }
  const keep = (line: string) => {
    clear()
    target.write(`${line}\n`)
  }
  const draw = (line: string) => {
    if (!target.interactive) return
    clear()
    live = line
    target.write(line)
  }
  const width = Math.max(20, target.width - 18)
  /** A line a directive; the time that all of them took stands at the last. */
  const stageLines = (mark: string, titles: readonly string[], time: string) =>
    titles
      .map((title, n) => {
        const last = n === titles.length - 1 ? time.padStart(10) : ''
        return `  ${n === 0 ? mark : ' '} ${pad(cut(title, width), width)} ${last}`.trimEnd()
      })
      .join('\n')
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
        return draw(`  ${style.accent('·')} ${event.revisions.length} revisions, ${first} to ${last}`)
      }
      case 'revision-started': {
        const verb = event.direction === 'upgrade' ? '' : style.warn('undo ')
        const resumed = event.resumed ? style.warn(' (goes on where it stopped)') : ''
        keep(`${verb}${style.strong(event.revision)}${resumed}  ${style.faint(event.message)}`)
        for (const warning of event.warns) keep(style.warn(`  ! ${warning}`))
        return
      }
      case 'stage-started':
        return draw(stageLines(style.accent('·'), [event.titles.join('; ')], ''))
      case 'stage-done': {
        const time = event.skipped ? 'done before' : duration(event.milliseconds)
        return keep(stageLines(style.good('✓'), event.titles, style.faint(time.padStart(10))))
      }
      case 'backfill': {
        const line = backfillLine(event.progress, style)
        if (target.interactive) return draw(line)
        if (performance.now() - lastKept < keptLineEvery) return
        lastKept = performance.now()
        return keep(line)
      }
      case 'backfill-waits':
        return keep(style.warn(event.reason === null ? '    … goes on' : `    … waits: ${event.reason}`))
      case 'retry':
        return keep(
          style.warn(
            `  ↻ ${event.reason}; attempt ${event.attempt + 1} in ${duration(event.pauseMilliseconds)}`,
          ),
        )
      case 'blocked':
        for (const blocker of event.blockers) {
          const query = blocker.query === null ? '' : `: ${cut(blocker.query.replaceAll(/\s+/g, ' '), 60)}`
          keep(
            style.warn(
              `  … waiting for session ${blocker.processId} (${blocker.user ?? 'unknown'}, ${blocker.state ?? 'state unknown'}, transaction open for ${blocker.seconds} s)${query}`,
            ),
          )
        }
        return
      case 'revision-done':
        return
    }
  }
  return Object.assign(tell, { clear })
}

function backfillLine(
  progress: Extract<MigrateEvent, { type: 'backfill' }>['progress'],
  style: Style,
): string {
  const share = progress.estimated === 0 ? 0 : Math.min(1, progress.scanned / progress.estimated)
  const filled = Math.round(share * barWidth)
  const bar = style.accent('█'.repeat(filled)) + style.faint('░'.repeat(barWidth - filled))
  const rate = progress.batchMilliseconds === 0 ? 0 : (progress.batchRows / progress.batchMilliseconds) * 1000
  const rows = `${count(progress.scanned)} of about ${count(progress.estimated)} rows, ${count(progress.written)} written, ${count(Math.round(rate))}/s`
  return `    ${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${style.faint(rows)}`
}
