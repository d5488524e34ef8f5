import { assignDigits, rowsTold } from './digits.ts'
import type { UnitDraft } from './draft.ts'
import type { TableDraft } from './table-draft.ts'

/** Digits for the tables of which all units that are part of what is unique are chosen. */
export function countRows(tables: readonly TableDraft[], rows: number): void {
  for (const table of tables) {
    if (table.isCounted) continue
    for (const { units, groups } of table.places) {
      const alone = groups.filter((group) => membersOf(units, group).length === 1)
      const members = alone.flatMap((group) => membersOf(units, group))
      assignDigits(
        members.filter(({ isDone }) => isDone),
        alone,
      )
    }
    const isWhole = table.places.every(({ units, groups }) =>
      groups.every((group) => membersOf(units, group).every(({ isDone }) => isDone)),
    )
    if (!isWhole) continue
    for (const { units, groups } of table.places) assignDigits(units, groups)
    table.isCounted = true
    table.rows = rowsOf(table, rows)
  }
}

function membersOf(units: readonly UnitDraft[], group: readonly string[]): readonly UnitDraft[] {
  return units.filter(({ columns }) => columns.some(({ name }) => group.includes(name)))
}

/** Where a key has no more than these, some are left for rows that come later. */
function rowsOf({ places }: TableDraft, rows: number): number {
  const asked = Math.max(Math.ceil(rows / Math.max(places.length, 1)), places.length > 1 ? 2 : 1)
  const spare = Math.ceil(asked / 4)
  const each = places.map(({ units }) => {
    const told = rowsTold(units, asked + spare)
    return told >= asked + spare ? asked : Math.max(Math.floor((told * 3) / 4), Math.min(told, 1))
  })
  return Math.min(...each, asked) * places.length
}
