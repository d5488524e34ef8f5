import { listed } from './blocks.ts'
import type { Hazard } from './hazard.ts'

/** How many rows each relation of the target has, as its last ANALYZE or VACUUM has left it, by the name that people write. */
export type Sizes = ReadonlyMap<string, Size>

export type Size = { readonly rows: number; readonly size: string }

/** A choice: how long so many rows take hangs on their width and their indexes. */
const few = 10_000

const ofSize: readonly Hazard['class'][] = ['blocks-reads-long', 'blocks-writes-long', 'bulk-row-locks']

/** What takes long on a large table takes no time on a small one: then it is advice. */
export function bySize(hazard: Hazard, sizes: Sizes): Hazard {
  if (!ofSize.includes(hazard.class) || hazard.relations.length === 0) return hazard
  const known = hazard.relations.map((name) => ({ name, size: sizes.get(name) }))
  const told = known.flatMap(({ name, size }) =>
    size === undefined
      ? []
      : [`${name} has about ${size.rows.toLocaleString('en')} rows in ${size.size} here`],
  )
  const isSmall = known.every(({ size }) => size !== undefined && size.rows <= few)
  return {
    ...hazard,
    level: isSmall ? 'advice' : hazard.level,
    evidence: told.length === 0 ? hazard.evidence : [...hazard.evidence, listed(told)],
  }
}
