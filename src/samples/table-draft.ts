import type { PlaceDraft, UnitDraft } from './draft.ts'
import type { Unit } from './sample-table.ts'
import type { SampleType } from './sample-type.ts'
import { variety } from './values.ts'

/** A table on its way: where its rows go. */
export type TableDraft = {
  readonly oid: number
  readonly places: readonly PlaceDraft[]
  /** As many rows as it may have. */
  rows: number
  isCounted: boolean
}

/** The tables by each OID by which a foreign key may name them: a partition is named by its own. */
export type Targets = ReadonlyMap<
  number,
  { readonly table: TableDraft; readonly places: readonly PlaceDraft[] }
>

/** As a row is made of it. */
export function finished(unit: UnitDraft): Unit {
  const { columns, nullable, digit } = unit
  const refersToSelf = unit.foreignKeys.some(
    ({ target }) => target === unit.place.oid || target === unit.place.parent,
  )
  const type: SampleType = columns[0]?.type ?? { name: 'text', form: { kind: 'unknown' } }
  const free = () => variety(type).map((literal) => [literal])
  return {
    columns,
    nullable,
    digit,
    refersToSelf,
    isFree: unit.tuples === null,
    tuples: unit.tuples ?? free(),
  }
}
