import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** Where what costs time to make is kept for the next run, of all projects. */
export function cacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'limbeck')
}

/** The version of PGlite, without loading it. */
export function pgliteVersion(): string {
  const require = createRequire(import.meta.url)
  let directory = dirname(require.resolve('@electric-sql/pglite'))
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory)
  return require(join(directory, 'package.json')).version
}
