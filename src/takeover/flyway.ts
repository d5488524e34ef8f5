import type { Row } from '../connection/connection.ts'
import { revisionIdOf } from './revision-id.ts'
import { ForeignRunUnfinished, type ForeignTool } from './tool.ts'

/** Flyway keeps a row for everything it has done, undone or taken for done. */
export const flyway: ForeignTool = {
  name: 'flyway',
  title: 'Flyway',
  tableName: 'flyway_schema_history',
  columns: ['installed_rank', 'version', 'description', 'success'],
  read: (table) => `SELECT version, description, type, checksum::text AS checksum, success FROM ${table}
ORDER BY installed_rank`,
  state(rows, known) {
    const failed = rows.find((row) => row['success'] !== true)
    if (failed !== undefined) {
      throw new ForeignRunUnfinished({
        tool: 'Flyway',
        version: String(failed['version'] ?? failed['description']),
        remedy: 'mend what it left half done, and say "flyway repair"',
      })
    }
    const ids = known.map(({ id }) => id)
    const applied = rows.reduce((sofar, row) => after(row, sofar, ids), new Set<string>())
    return { ids: [...applied], upTo: false }
  },
}

/** The id of a versioned migration: its version as Flyway compares it, so that 01.0 is 1. */
export function versionId(version: string): string {
  const numbers = version
    .replaceAll('_', '.')
    .split('.')
    .map((number) => number.replace(/^0+(?=\d)/, ''))
  const last = numbers.findLastIndex((number) => number !== '0')
  return revisionIdOf(numbers.slice(0, Math.max(1, last + 1)).join('.'))
}

/** The id of a repeatable migration: it is another one once its text is another, as Flyway runs it again then. */
export function repeatableId(description: string, checksum: number): string {
  return revisionIdOf(`R_${description}_${(checksum >>> 0).toString(16).padStart(8, '0')}`)
}

/** Which of two versions, as ids, comes first: number by number. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(BigInt))
  for (let n = 0; n < Math.max(left?.length ?? 0, right?.length ?? 0); n++) {
    const difference = (left?.[n] ?? 0n) - (right?.[n] ?? 0n)
    if (difference !== 0n) return difference < 0n ? -1 : 1
  }
  return 0
}

/** What is applied once a row is taken into account. */
function after(row: Row, applied: ReadonlySet<string>, known: readonly string[]): Set<string> {
  const type = String(row['type'])
  if (row['version'] === null)
    return type === 'SCHEMA' ? new Set(applied) : afterRepeatable(row, applied, known)
  const id = versionId(String(row['version']))
  if (type.startsWith('UNDO') || type === 'DELETE') return new Set([...applied].filter((one) => one !== id))
  // What was there when Flyway came, or is made by one migration in the place of all up to its version.
  if (type.endsWith('BASELINE')) return new Set([...applied, ...known.filter((one) => isUpTo(one, id))])
  return new Set([...applied, id])
}

/** Of a repeatable migration its last text counts; one that has another text now is to be run again, and so not applied. */
function afterRepeatable(row: Row, applied: ReadonlySet<string>, known: readonly string[]): Set<string> {
  const id = repeatableId(String(row['description']), Number(row['checksum']))
  const stem = id.slice(0, -8)
  const isSame = (one: string) => one.startsWith(stem) && one.length === id.length
  const isChanged = !known.includes(id) && known.some(isSame)
  return new Set([...[...applied].filter((one) => !isSame(one)), ...(isChanged ? [] : [id])])
}

function isUpTo(id: string, version: string): boolean {
  return /^\d+(?:\.\d+)*$/.test(id) && compareVersions(id, version) <= 0
}
