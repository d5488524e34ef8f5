import type { Connection } from '../connection/connection.ts'
import { assignDigits, rowsTold } from './digits.ts'
import type { DraftKey, PlaceDraft, UnitDraft } from './draft.ts'
import { passing, type Trial, type Tuple } from './passing.ts'
import { literalsAt } from './row.ts'
import type { SampleColumn, Unit } from './sample-table.ts'
import type { SampleType } from './sample-type.ts'
import { chosen, type Effort, literalsToTry, thorough } from './types.ts'
import { key, variety } from './values.ts'

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

/** Tuples of several columns that are tried at most. */
const mostTried = 500

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
  count(tables, rows)
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
    count(tables, rows)
  }
}

/** Digits for the tables of which all units that are part of what is unique are chosen. */
function count(tables: readonly TableDraft[], rows: number): void {
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

/** What a unit may have, before the server has said what it takes. */
type Pool = {
  readonly trial: Trial | null
  /** Without a trial. */
  readonly tuples: readonly Tuple[] | null
  readonly nullable: readonly string[]
  readonly tried: ReturnType<typeof literalsToTry> | null
  readonly reason: string | null
}

const empty: Pool = { trial: null, tuples: null, nullable: [], tried: null, reason: null }

function poolOf(unit: UnitDraft, given: { readonly targets: Targets; readonly rows: number }): Pool {
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

function enough({ isKey }: UnitDraft, rows: number): number {
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

type Choices = {
  readonly unit: UnitDraft
  readonly references: readonly Reference[]
  /** Of each column; none for one that refers. */
  readonly choices: readonly (readonly string[])[]
  readonly nullable: readonly string[]
}

/** Keys, each column's a little after that of the one before it; and the first choices of all. */
function alignedTuples({ unit, references, choices }: Choices, count: number): readonly Tuple[] {
  const keys = Array.from({ length: count }, (_, n) =>
    unit.columns.map(
      ({ name, type }, at) =>
        references[n % references.length]?.[name] ??
        key(type, n, { shift: at }) ??
        choices[at]?.[0] ??
        'NULL',
    ),
  )
  const alike = Array.from({ length: 12 }, (_, n) =>
    unit.columns.map(
      ({ name }, at) => references[n % references.length]?.[name] ?? choices[at]?.[n] ?? 'NULL',
    ),
  )
  return [...keys, ...alike]
}

function mixedTuples({ unit, references, choices, nullable }: Choices, count: number): readonly Tuple[] {
  return Array.from({ length: count }, (_, n) => {
    const reference = references[(n * 7) % references.length]
    return unit.columns.map(({ name }, at) => {
      const isNull = nullable.includes(name) && scattered(n, at + 50) % 3 === 0
      const of = choices[at] ?? []
      return isNull ? 'NULL' : (reference?.[name] ?? of[scattered(n, at) % Math.max(of.length, 1)] ?? 'NULL')
    })
  })
}

/** Each with each, as far as the first choices of all allow it. */
function everyTuple({ unit, references, choices }: Choices): readonly Tuple[] {
  const free = choices.filter(({ length }) => length > 0).length
  const each = Math.max(Math.floor(mostTried ** (1 / Math.max(free, 1))), 2)
  let tuples: readonly Tuple[] = [[]]
  for (const of of choices) {
    const some: readonly (string | null)[] = of.length === 0 ? [null] : of.slice(0, each)
    tuples = tuples
      .flatMap((tuple) => some.map((literal) => [...tuple, literal ?? '']))
      .slice(0, 2 * mostTried)
  }
  return tuples.map((tuple, n) =>
    unit.columns.map(({ name }, at) => references[n % references.length]?.[name] ?? tuple[at] ?? 'NULL'),
  )
}

/** One of each in turn, as long as there are. */
function* interleaved(some: readonly Tuple[], others: readonly Tuple[]): Iterable<Tuple> {
  for (let at = 0; at < Math.max(some.length, others.length); at++) {
    const [one, other] = [some[at], others[at]]
    if (one !== undefined) yield one
    if (other !== undefined) yield other
  }
}

/** A number that looks drawn and is always the same. */
function scattered(n: number, at: number): number {
  let mixed = Math.imul(n * 31 + at + 1, 0x9e3779b1) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 0
  return (mixed ^ (mixed >>> 13)) >>> 0
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

type Reference = Readonly<Record<string, string>>

/** What a unit's foreign keys may refer to, where they have columns in common the same in these. */
function referencesOf(
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

function settle(
  unit: UnitDraft,
  { pool, found }: { readonly pool: Pool; readonly found: readonly Tuple[] | null },
): void {
  unit.reason = pool.reason
  unit.nullable = pool.nullable
  unit.tuples = pool.tuples
  if (pool.trial === null) return
  const passed = found ?? []
  if (pool.tried !== null) settleTried(unit, pool.tried, passed)
  else unit.tuples = passed
  if (passed.length === 0) unit.reason = refusal(unit)
}

function settleTried(
  unit: UnitDraft,
  tried: ReturnType<typeof literalsToTry>,
  passed: readonly Tuple[],
): void {
  const [column] = unit.columns
  const taken = new Set(passed.flat())
  const passes = (literals: readonly string[]) => literals.filter((literal) => taken.has(literal))
  if (column?.isNullable === true && taken.has('NULL')) unit.nullable = [column.name]
  const isFree =
    !unit.isBound && passes([...tried.plain, ...tried.keys]).length === tried.plain.length + tried.keys.length
  if (isFree && tried.plain.length > 0) return
  const { plain, keys } = chosen(tried, passes)
  unit.tuples = (unit.isKey ? keys : plain).map((literal) => [literal])
  if (unit.tuples.length === 0 && taken.has('NULL')) unit.tuples = [['NULL']]
}

function refusal({ checks, evaluates, generated }: UnitDraft): string {
  const conditions = [...checks, ...evaluates, ...generated.map(({ expression }) => expression)]
  return `no values were found that satisfy ${conditions.join(' and ')}`
}

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
