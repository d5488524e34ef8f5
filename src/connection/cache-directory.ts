import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where what costs time to make is kept for the next run, of all projects. */
export function cacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'limbeck')
}
