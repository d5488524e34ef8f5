import type { DraftKey, PlaceDraft, UnitDraft } from './draft.ts'
import { literalsAt } from './row.ts'
import { finished, type Targets } from './table-draft.ts'
import { mostTried } from './tuples.ts'
import { key } from './values.ts'

/** Literals by the columns that refer. */
export type Reference = Readonly<Record<string, string>>

/** What a unit's foreign keys may refer to, where they have columns in common the same in these. */
export function referencesOf(
  unit: UnitDraft,
  { targets, rows }: { readonly targets: Targets; readonly rows: number },
): readonly Reference[] {
  return unit.foreignKeys.reduce<readonly Reference[]>(
    (known, foreignKey, at) => {
      const found = referred(foreignKey, { targets, rows })
      const isApart = foreignKey.columns.every((name) => known[0]?.[name] === undefined)
      if (isApart) {
        const length = at === 0 ? found.length : Math.max(known.length, found.length)
        if (known.length === 0 || found.length === 0) return []
        return Array.from({ length }, (_, n) => ({
          ...known[n % known.length],
          ...found[(n + at) % found.length],
        }))
      }
      const all = known.flatMap((one) =>
        found
          .filter((other) => foreignKey.columns.every((name) => (one[name] ?? other[name]) === other[name]))
          .map((other) => ({ ...one, ...other })),
      )
      return all.slice(0, mostTried)
    },
    [{}],
  )
}

/** The rows of a table by the columns that are referred to, under the names of those that refer. */
function referred(
  { target, columns, target_columns: targetColumns }: DraftKey,
  { targets, rows }: { readonly targets: Targets; readonly rows: number },
): readonly Reference[] {
  const found = targets.get(target)
  if (found === undefined) return []
  const { table, places } = found
  const length = table.isCounted ? table.rows : rows
  return Array.from({ length }, (_, n) => n).flatMap((n) => {
    const place = table.places[n % table.places.length]
    if (place === undefined || !places.includes(place)) return []
    const row = literalsAt(
      { schema: place.relation.schema, name: place.relation.name, units: place.units.map(finished) },
      { n, local: Math.floor(n / table.places.length), isAlone: table.places.length === 1 },
    )
    const literals = targetColumns.map((name) => keyAhead(place, { name, n }) ?? row.get(name) ?? 'NULL')
    if (literals.includes('NULL')) return []
    return [Object.fromEntries(columns.map((name, at) => [name, literals[at] ?? 'NULL']))]
  })
}

/** What a column that is not chosen yet will have, where nothing else is said of it. */
function keyAhead(
  { units }: PlaceDraft,
  { name, n }: { readonly name: string; readonly n: number },
): string | null {
  const unit = units.find(({ columns }) => columns.some((column) => column.name === name))
  const column = unit?.columns.find((one) => one.name === name)
  return unit === undefined || unit.isDone || column === undefined ? null : key(column.type, n)
}
