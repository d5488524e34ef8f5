import type { Work } from './work.ts'

/**
 * Megabytes of a table in a second, by what is done with them: measured with bench/work-rates.ts on two shared cores of a virtual machine (PostgreSQL 18, its own settings, fsync
 * on, a table of 377 MB with one key: 237, 97 and 54, 53, 8), and rounded down. A server of one's own may be several times as fast, and slower where it is busy, where rows
 * are wide or have many indexes.
 */
export const workRates: { readonly [What in Work['what']]: number } = {
  scan: 200,
  index: 50,
  rewrite: 50,
  rows: 5,
}
