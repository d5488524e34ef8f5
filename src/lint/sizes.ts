import { listed } from './blocks.ts'
import type { Hazard } from './hazard.ts'
import type { Work } from './work.ts'
import { workRates } from './work-rates.ts'

/** How many rows each relation of the target has, as its last ANALYZE or VACUUM has left it, by the name that people write. */
export type Sizes = ReadonlyMap<string, Size>

/** `size`: its bytes, as people say them. */
export type Size = { readonly rows: number; readonly size: string; readonly bytes: number }

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
    evidence: [
      ...hazard.evidence,
      ...(told.length === 0 ? [] : [listed(told)]),
      ...(isSmall ? [] : timeOf(hazard.work, sizes)),
    ],
  }
}

/** How long that takes at least, at rates that are assumed; nothing for less than a second. */
function timeOf(work: readonly Work[], sizes: Sizes): readonly string[] {
  // Who writes a table anew reads it.
  const isPart = ({ what, relation }: Work) =>
    what === 'scan' && work.some((other) => other.what === 'rewrite' && other.relation === relation)
  const parts = work.flatMap(({ what, relation }) => {
    if (isPart({ what, relation })) return []
    const megabytes = (sizes.get(relation)?.bytes ?? 0) / 1_000_000
    return megabytes === 0 ? [] : [{ what, seconds: megabytes / workRates[what] }]
  })
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0)
  if (seconds < 1) return []
  const rates = [...new Set(parts.map(({ what }) => `${named[what]} at ${workRates[what]} MB/s`))]
  return [`that takes ${duration(seconds)} or so, assumed ${listed(rates)}`]
}

const named: { readonly [What in Work['what']]: string } = {
  scan: 'a scan',
  index: 'an index',
  rewrite: 'a rewrite',
  rows: 'changes of rows',
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
