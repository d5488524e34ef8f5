import type { StageRecord, UnfinishedRun } from '../ledger/state.ts'
import type { Style } from './style.ts'
import { plural } from './text.ts'

type StageLine = Pick<StageRecord, 'ordinal' | 'title'> & {
  readonly mark: 'done' | 'failed' | 'half done'
  /** What was begun in its place, before the file was edited. */
  readonly was: string | null
}

/** A revision that was begun and is not at its end: its stages, the error at the stage that failed, and how it goes on. */
export function unfinishedRunText(run: UnfinishedRun, style: Style): string {
  const wasInterrupted = run.status === 'failed' && run.error?.code === 'INTERRUPTED'
  // While an attempt is under way, the error is that of an earlier one.
  const error = run.status === 'running' || wasInterrupted ? null : run.error
  const what = run.aborts ? 'abort' : run.direction
  const head = `${style.warn(wasInterrupted ? 'interrupted' : run.status)}  ${what} of ${style.strong(run.revision)}, begun ${run.startedAt.toISOString()}, ${plural(run.attempts, 'attempt')}`
  const lines = stageLines(run.stages, error).flatMap((line) => {
    const was = line.was === null ? '' : style.faint(`  (begun as: ${line.was})`)
    const text = `    ${markOf(line, style)} ${line.ordinal} ${line.title}${was}`
    return line.mark === 'failed' && error !== null ? [text, `      ${style.bad(error.message)}`] : [text]
  })
  const elsewhere = error === null || error.place !== undefined ? [] : [`    ${style.bad(error.message)}`]
  const onward = `"limbeck ${what}" goes on from there`
  const back = what === 'upgrade' && run.stages.length > 0 ? ', "limbeck abort" takes it back' : ''
  const hint = `${run.status === 'running' ? `under way, or cut off: then ${onward}` : onward}${back}`
  return [head, ...lines, ...elsewhere, style.faint(`    ${hint}`)].join('\n')
}

/**
 * The stages that the ledger knows, and the one that the error is about: a transaction that failed has left no record, and what failed
 * in an earlier attempt is only half done in the last one.
 */
function stageLines(stages: readonly StageRecord[], error: UnfinishedRun['error']): readonly StageLine[] {
  const place = error?.place
  const known = stages
    .filter(({ ordinal }) => ordinal !== place?.stage)
    .map(({ ordinal, title, status }): StageLine => {
      return { ordinal, title, mark: status === 'done' ? 'done' : 'half done', was: null }
    })
  if (place === undefined) return known
  const record = stages.find(({ ordinal }) => ordinal === place.stage)
  const title = place.title ?? record?.title ?? ''
  const was = record === undefined || record.title === title ? null : record.title
  const failed: StageLine = { ordinal: place.stage, title, mark: 'failed', was }
  return [...known, failed].toSorted((one, other) => one.ordinal - other.ordinal)
}

function markOf({ mark }: StageLine, style: Style): string {
  if (mark === 'done') return style.good('✓')
  return mark === 'failed' ? style.bad('✗') : style.accent('·')
}
