import type { Connection } from '../connection/connection.ts'
import type { DraftKey, UnitDraft } from './draft.ts'
import { passing } from './passing.ts'
import { enough, poolOf } from './pool.ts'
import { countRows } from './row-counts.ts'
import { settle } from './settle.ts'
import type { TableDraft, Targets } from './table-draft.ts'

/**
 * Chooses tuples for all units: those of tables that others refer to first, each time all that can be, in one message. What goes in
 * circles takes the keys that the other will have.
 */
export async function resolveUnits(
  connection: Pick<Connection, 'run' | 'transaction'>,
  {
    tables,
    targets,
    rows,
  }: {
    readonly tables: readonly TableDraft[]
    readonly targets: Targets
    readonly rows: number
  },
): Promise<void> {
  let pending = tables.flatMap(({ places }) => places.flatMap(({ units }) => units))
  countRows(tables, rows)
  while (pending.length > 0) {
    const ready = pending.filter((unit) => unit.foreignKeys.every((key) => isKnown(targets, unit, key)))
    const batch = ready.length > 0 ? ready : pending
    const pools = batch.map((unit) => poolOf(unit, { targets, rows }))
    const asked = pools.flatMap((pool, at) =>
      pool.trial === null ? [] : [{ pool, unit: batch[at], trial: pool.trial }],
    )
    const found = await passing(
      connection,
      asked.map(({ trial }) => trial),
    )
    const foundOf = new Map(asked.map(({ unit }, at) => [unit, found[at] ?? []]))
    batch.forEach((unit, at) => {
      const pool = pools[at]
      const passed = foundOf.get(unit) ?? null
      if (!unit.isThorough && passed !== null && passed.length < enough(unit, rows)) {
        unit.isThorough = true
        return
      }
      if (pool !== undefined) settle(unit, { pool, found: passed })
      unit.isDone = true
    })
    pending = pending.filter(({ isDone }) => !isDone)
    countRows(tables, rows)
  }
}

function isKnown(targets: Targets, unit: UnitDraft, { target, target_columns: columns }: DraftKey): boolean {
  const found = targets.get(target)
  if (found === undefined || found.table.isCounted) return true
  if (!found.places.some(({ relation }) => relation.oid === unit.place.oid)) return false
  // A table's reference to itself needs no more than the columns that are referred to.
  return found.places.every(({ units }) =>
    units
      .filter((one) => one.columns.some(({ name }) => columns.includes(name)))
      .every((one) => one !== unit && one.isDone && one.digit !== null),
  )
}
