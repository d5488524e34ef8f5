import type { Observation } from '../trace/observation.ts'
import { type Picture, type PicturedColumn, type PicturedRelation, relationName } from '../trace/picture.ts'

/** What of the relations that were there before the migration a statement has changed, by their oid and their columns' numbers. */
export type Changes = {
  readonly gone: readonly PicturedRelation[]
  readonly renamed: readonly { readonly from: PicturedRelation; readonly to: PicturedRelation }[]
  readonly columns: readonly ColumnChange[]
  readonly secured: readonly PicturedRelation[]
  /** Under row security already, with a policy less, or with one more that restricts. */
  readonly narrowed: readonly PicturedRelation[]
  /** No longer read with what it inherited from. */
  readonly left: readonly { readonly child: PicturedRelation; readonly parent: PicturedRelation }[]
}

export type ColumnChange = {
  readonly relation: PicturedRelation
  readonly was: PicturedColumn | null
  readonly is: PicturedColumn | null
}

/** Compares the relations before the statement with those after it. `first`: the relations before the migration. */
export function changesOf({ before, after, old }: Observation, first: Picture): Changes {
  const there = [...before.values()].filter(({ oid, isTemporary }) => old.has(oid) && !isTemporary)
  const both = there.flatMap((from) => {
    const to = after.get(from.oid)
    return to === undefined || to === from ? [] : [{ from, to }]
  })
  return {
    gone: there.filter(({ oid }) => !after.has(oid)),
    renamed: both.filter(({ from, to }) => relationName(from) !== relationName(to)),
    columns: both.flatMap(({ from, to }) => columnChanges(from, to, first.get(from.oid) ?? from)),
    secured: both.filter(({ from, to }) => to.rowSecurity && !from.rowSecurity).map(({ to }) => to),
    narrowed: both
      .filter(({ from, to }) => from.rowSecurity && to.rowSecurity && isNarrowed(from, to))
      .map(({ to }) => to),
    left: both.flatMap(({ from, to }) =>
      from.parents
        .filter((parent) => !to.parents.includes(parent))
        .flatMap((oid) => {
          const parent = after.get(oid)
          return parent === undefined || from.kind === 'i' || from.kind === 'I'
            ? []
            : [{ child: from, parent }]
        }),
    ),
  }
}

/** A column that the migration itself has added is new, whatever it does to it afterwards. */
function columnChanges(
  from: PicturedRelation,
  to: PicturedRelation,
  first: PicturedRelation,
): readonly ColumnChange[] {
  const is = new Map(to.columns.map((column) => [column.number, column]))
  const was = new Set(from.columns.map(({ number }) => number))
  const old = new Set(first.columns.map(({ number }) => number))
  const changed = from.columns.flatMap((column): readonly ColumnChange[] => {
    const now = is.get(column.number) ?? null
    if (now !== null && sameColumn(column, now)) return []
    return old.has(column.number)
      ? [{ relation: from, was: column, is: now }]
      : [{ relation: from, was: null, is: now }]
  })
  const added = to.columns.filter(({ number }) => !was.has(number))
  return [...changed, ...added.map((column) => ({ relation: from, was: null, is: column }))]
}

function sameColumn(one: PicturedColumn, other: PicturedColumn): boolean {
  return (
    one.name === other.name &&
    one.type === other.type &&
    one.notNull === other.notNull &&
    one.isFilled === other.isFilled
  )
}

function isNarrowed(from: PicturedRelation, to: PicturedRelation): boolean {
  const shown = ({ policies, restrictions }: PicturedRelation) => policies - restrictions
  return shown(to) < shown(from) || to.restrictions > from.restrictions
}
