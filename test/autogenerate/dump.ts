import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import { settled } from '../../src/catalog/printed.ts'

/** pg_dump, which sees a schema in its own way: what it prints of two databases is the same where they are. */
export type Dump = {
  /** What there is, in no order. */
  entries(url: string): Promise<readonly string[]>
}

/** The pg_dump of this machine, or the one that LIMBECK_PG_DUMP names, where it knows servers of a major version; else why there is none. */
export function dumpOf(major: number): Dump | { readonly none: string } {
  const program = process.env['LIMBECK_PG_DUMP'] ?? 'pg_dump'
  const known = majorOf(program)
  if (known === null) return { none: `There is no ${program} on this machine.` }
  if (known < major) return { none: `${program} is of ${known} and reads no server of ${major}.` }
  return {
    async entries(url) {
      const options = ['--schema-only', '--exclude-schema=limbeck', url]
      const { stdout } = await promisify(execFile)(program, options, { maxBuffer: 64 * 1024 * 1024 })
      return comparable(stdout)
    },
  }
}

function majorOf(program: string): number | null {
  try {
    const said = execFileSync(program, ['--version'], { encoding: 'utf8' })
    return Number(said.match(/\(PostgreSQL\) (\d+)/)?.[1] ?? 0)
  } catch {
    return null
  }
}

/** Entries as they are compared: without names that are PostgreSQL's affair, and what has no order in none. */
function comparable(dump: string): readonly string[] {
  const entries = dump.split(/^--\n-- Name: /m).slice(1)
  const parts = new Set(entries.flatMap((entry) => entry.match(/ ATTACH PARTITION (.*);$/m)?.[1] ?? []))
  return entries
    .filter((entry) => !isPart(entry, parts))
    .map((entry) =>
      entry.replace(/^(.*); Owner: .*$/m, '$1').replace(/\n--\n-- .*? dump complete[\s\S]*$/, ''),
    )
    .map((entry) => (/; Type: (?:(?:FOREIGN )?TABLE|TYPE);/.test(entry) ? withSortedLines(entry) : entry))
    .map((entry) => lists.reduce((text, list) => text.replace(list, sortedList), entry).trim())
    .map(settled)
    .sort()
}

/** The columns of statistics, storage parameters, and what an event trigger is for. */
const lists = [
  /(?<=^CREATE STATISTICS .* ON ).*(?= FROM )/m,
  /(?<=^WITH \().*(?=\))/m,
  /(?<=^ *WHEN TAG IN \().*(?=\))/m,
]

/** What a partition has of an index of its table is attached to it under a name of its own. */
function isPart(entry: string, parts: ReadonlySet<string>): boolean {
  if (entry.includes('; Type: INDEX ATTACH;')) return true
  const index = entry.match(/^CREATE (?:UNIQUE )?INDEX (.*?) ON (?:ONLY )?(.*?)\./m)
  const constraint = entry.match(
    /^ALTER TABLE (?:ONLY )?(.*?)\..*\n\s+ADD CONSTRAINT (.*?) (?:PRIMARY|UNIQUE|EXCLUDE)/m,
  )
  const [name, schema] = index === null ? [constraint?.[2], constraint?.[1]] : [index[1], index[2]]
  return parts.has(`${schema}.${name}`)
}

function withSortedLines(entry: string): string {
  return entry
    .split('\n')
    .map((line) => line.replace(/,$/, ''))
    .sort()
    .join('\n')
}

function sortedList(list: string): string {
  return list.split(', ').sort().join(', ')
}
