import { relative } from 'node:path'
import type { EditedRevision } from '../commands/edited.ts'
import type { Style } from './style.ts'

/** A warning for each applied file that was edited since. */
export function editedText(edited: readonly EditedRevision[], style: Style): readonly string[] {
  if (edited.length === 0) return []
  return [
    ...edited.map(
      ({ id, file }) =>
        `${style.warn('!')} ${id} was edited after it was applied: ${relative(process.cwd(), file)}`,
    ),
    style.faint('  Bring the file back, or accept it as it is: limbeck accept ID'),
  ]
}
