import { relative } from 'node:path'
import type { EditedRevision } from '../commands/edited.ts'
import type { BackfillStatus } from '../ledger/backfills.ts'
import type { Style } from './style.ts'
import { count } from './text.ts'
import type { Input } from './verb.ts'

/** A warning for each applied file that was edited since. */
export function editedText(
  edited: readonly EditedRevision[],
  { style, directory }: Pick<Input, 'style' | 'directory'>,
): readonly string[] {
  if (edited.length === 0) return []
  return [
    ...edited.map(
      ({ id, file }) =>
        `${style.warn('!')} ${id} was edited after it was applied: ${relative(directory, file)}`,
    ),
    style.faint(
      `  Bring the file back, or accept it as it is: limbeck accept ${edited.map(({ id }) => id).join(' ')}`,
    ),
  ]
}

/** A line for each backfill that its revision was recorded without and that is not finished. */
export function unfinishedText(backfills: readonly BackfillStatus[], style: Style): readonly string[] {
  return backfills.map(({ revision, title, state, scanned, estimated }) => {
    const of = estimated === null || scanned > estimated ? '' : ` of about ${count(estimated)}`
    const onward = state === 'cancelled' ? 'backfill resume' : 'backfill run'
    return `${style.warn('…')} ${style.strong(revision)}  ${title}  ${style.warn(state)}, ${count(scanned)}${of} rows${style.faint(`  limbeck ${onward} ${revision}`)}`
  })
}

/** A line for each applied revision that has no file, and what to do about it. */
export function missingText(missing: readonly string[], style: Style): readonly string[] {
  if (missing.length === 0) return []
  return [
    ...missing.map((id) => `${style.warn('!')} ${id} is applied, but has no file`),
    style.faint(
      '  Bring the file back: is this the right folder, and the newest? Or have it forgotten: limbeck stamp --purge, with what is applied',
    ),
  ]
}
