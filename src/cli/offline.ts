import type { OfflineReport } from '../commands/offline.ts'
import { Misuse } from './options.ts'
import type { Input, Option, Outcome } from './verb.ts'

/** The options of a verb that can be written down as a script instead of being run. */
export const offlineOptions: readonly Option[] = [
  { name: 'sql', summary: 'print a script for psql instead, without any database (offline mode)' },
  {
    name: 'postgres',
    value: 'MAJOR',
    summary: 'with --sql: the oldest PostgreSQL that will run it; default: 13',
  },
]

/** What the person said of the script. */
export function offlineFor(input: Input): { readonly postgres?: number } {
  const major = input.text('postgres')
  if (major === undefined) return {}
  if (!/^1[3-8]$/.test(major)) {
    throw new Misuse(`--postgres takes a major version from 13 to 18, not ${JSON.stringify(major)}.`)
  }
  return { postgres: Number(major) }
}

/** The script is the whole of what is printed, so that it can go into a file. */
export function script(report: OfflineReport): Outcome {
  return { report, text: report.sql, verbatim: true }
}
