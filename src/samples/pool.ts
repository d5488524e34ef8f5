import type { UnitDraft } from './draft.ts'
import type { Trial, Tuple } from './passing.ts'
import { type Reference, referencesOf } from './references.ts'
import type { SampleColumn } from './sample-table.ts'
import type { Targets } from './table-draft.ts'
import { alignedTuples, type Choices, everyTuple, interleaved, mixedTuples, mostTried } from './tuples.ts'
import { type Effort, literalsToTry, thorough } from './types.ts'
import { variety } from './values.ts'

/** What a unit may have, before the server has said what it takes. */
export type Pool = {
  readonly trial: Trial | null
  /** Without a trial. */
  readonly tuples: readonly Tuple[] | null
  readonly nullable: readonly string[]
  readonly tried: ReturnType<typeof literalsToTry> | null
  readonly reason: string | null
}

const empty: Pool = { trial: null, tuples: null, nullable: [], tried: null, reason: null }

export function poolOf(unit: UnitDraft, given: { readonly targets: Targets; readonly rows: number }): Pool {
  const hasConditions = unit.checks.length + unit.evaluates.length + unit.generated.length > 0
  if (unit.foreignKeys.length === 0) {
    if (unit.columns.length > 1) return mixedPool(unit, [{}], given.rows)
    return hasConditions ? triedPool(unit) : freePool(unit)
  }
  const references = referencesOf(unit, given)
  const isMeant = unit.foreignKeys.every((one) => one.isMeant)
  if (references.length === 0 && isMeant) return freePool(unit)
  const covered = new Set(unit.foreignKeys.flatMap(({ columns }) => columns))
  const isWhole = unit.columns.every(({ name }) => covered.has(name))
  const nullable = nullableOf(unit)
  if (references.length === 0) {
    const isOptional = unit.foreignKeys.every(({ columns }) =>
      columns.some((name) => nullable.includes(name)),
    )
    const target = unit.foreignKeys.map(({ name }) => name).join(', ')
    if (!isOptional) return { ...empty, tuples: [], reason: `what ${target} refers to has no rows` }
    const none = Object.fromEntries(
      nullable.filter((name) => covered.has(name)).map((name) => [name, 'NULL']),
    )
    return mixedPool(unit, [none], given.rows)
  }
  if (!isWhole || hasConditions) return mixedPool(unit, references, given.rows)
  const tuples = references.map((row) => unit.columns.map(({ name }) => row[name] ?? 'NULL'))
  return { ...empty, tuples, nullable }
}

function freePool({ columns, constants }: UnitDraft): Pool {
  const [column] = columns
  if (column === undefined) return { ...empty, tuples: [] }
  const nullable = column.isNullable ? [column.name] : []
  const { plain, keys } = {
    plain: variety(column.type),
    keys: literalsToTry(column.type, { constants, effort: little }).keys,
  }
  if (plain.length > 0 || keys.length > 0) return { ...empty, nullable }
  if (column.isNullable) return { ...empty, tuples: [['NULL']], nullable }
  return {
    ...empty,
    tuples: [],
    reason: `no value of the type ${column.type.name} is known for "${column.name}"`,
  }
}

const little: Effort = { keys: 4, likely: 24 }

/** Most conditions are content with little; a key needs as many as there are rows. */
function effortOf({ isThorough, isKey }: UnitDraft): Effort {
  if (isThorough) return thorough
  return isKey ? { keys: thorough.keys, likely: 60 } : little
}

export function enough({ isKey }: UnitDraft, rows: number): number {
  return isKey ? rows + 6 : 2
}

function trialOf(unit: UnitDraft, tuples: readonly Tuple[]): Trial {
  const { columns, generated, checks, evaluates } = unit
  return { name: unit.place.name, columns, generated, checks, evaluates, tuples }
}

/** One column under conditions. */
function triedPool(unit: UnitDraft): Pool {
  const [column] = unit.columns
  if (column === undefined) return { ...empty, tuples: [] }
  const tried = literalsToTry(column.type, { constants: unit.constants, effort: effortOf(unit) })
  const literals = column.isNullable ? [...tried.all, 'NULL'] : tried.all
  return {
    ...empty,
    tried,
    trial: trialOf(
      unit,
      literals.map((literal) => [literal]),
    ),
  }
}

/** Several columns under conditions, of which some may refer to rows that are there. */
function mixedPool(unit: UnitDraft, references: readonly Reference[], rows: number): Pool {
  const nullable = nullableOf(unit)
  const covered = new Set(Object.keys(references[0] ?? {}))
  const choices = unit.columns.map((column) => {
    if (covered.has(column.name)) return []
    const [first, ...rest] = choicesOf(column, unit)
    return [first ?? 'NULL', ...(nullable.includes(column.name) ? ['NULL'] : []), ...rest]
  })
  const given: Choices = { unit, references, choices, nullable }
  const [aligned, mixed] = [
    alignedTuples(given, rows + 12),
    mixedTuples(given, unit.isThorough ? mostTried : 120),
  ]
  const first = unit.isKey ? [...aligned, ...mixed] : [...interleaved(aligned, mixed)]
  const all = unit.isThorough ? [...first, ...everyTuple(given)] : first
  const byText = new Map(all.map((tuple) => [JSON.stringify(tuple), tuple]))
  return { ...empty, trial: trialOf(unit, [...byText.values()]) }
}

function choicesOf(column: SampleColumn, unit: UnitDraft): readonly string[] {
  const { plain, keys, likely } = literalsToTry(column.type, {
    constants: unit.constants,
    effort: effortOf(unit),
  })
  return [...new Set([...likely.slice(0, 12), ...plain.slice(0, 8), ...keys.slice(0, 4)])]
}

/** The columns that may be NULL together, as far as the foreign keys allow it. */
function nullableOf({ columns, foreignKeys }: UnitDraft): readonly string[] {
  const nullable = columns.filter(({ isNullable }) => isNullable).map(({ name }) => name)
  const full = foreignKeys.filter(({ match }) => match === 'f').flatMap((one) => one.columns)
  return full.every((name) => nullable.includes(name))
    ? nullable
    : nullable.filter((name) => !full.includes(name))
}
