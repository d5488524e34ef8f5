import { relative } from 'node:path'
import type { EditedRevision } from '../commands/edited.ts'
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
