import { type LockMode, lockModes } from '../operations/operation.ts'

/** Which lock modes of a table refuse which (https://www.postgresql.org/docs/current/explicit-locking.html). */
const refused: { readonly [Mode in LockMode]: readonly LockMode[] } = {
  AccessShare: from('AccessExclusive'),
  RowShare: from('Exclusive'),
  RowExclusive: from('Share'),
  ShareUpdateExclusive: from('ShareUpdateExclusive'),
  Share: ['RowExclusive', 'ShareUpdateExclusive', ...from('ShareRowExclusive')],
  ShareRowExclusive: from('RowExclusive'),
  Exclusive: from('RowShare'),
  AccessExclusive: from('AccessShare'),
}

/** The modes that a session may not hold while another one wants that mode. */
export function conflictsWith(mode: LockMode): readonly LockMode[] {
  return refused[mode]
}

/** Each pair of a mode that is wanted and one that keeps it waiting. */
export const conflicts: readonly (readonly [wanted: LockMode, held: LockMode])[] = lockModes.flatMap(
  (wanted) => refused[wanted].map((held) => [wanted, held] as const),
)

/** Whether a lock keeps writers out, so that who stands in line for it makes an application wait. */
export function isStrong(mode: LockMode): boolean {
  return refused[mode].includes('RowExclusive')
}

/** A mode and all that are stronger. */
function from(mode: LockMode): readonly LockMode[] {
  return lockModes.slice(lockModes.indexOf(mode))
}
