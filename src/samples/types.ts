import type { Connection } from '../connection/connection.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { constantsIn, parseExpressions } from '../sql/statements.ts'
import { baseValues } from './base-values.ts'
import { type Constants, candidates, guesses } from './candidates.ts'
import type { TypeRow } from './catalog.ts'
import { passing, type Trial } from './passing.ts'
import type { SampleType } from './sample-type.ts'
import { key, variety } from './values.ts'

/** A type as a column has it. */
export type TypeUse = { readonly type: number; readonly modifier: number; readonly name: string }

/** How many keys of a type are looked at. */
export const keysTried = 40

type Listed = { readonly plain: readonly string[]; readonly keys: readonly string[] }

/** What each type is made of, once the server has said which literals of domains and of unknown types it takes. */
export async function resolveTypes(
  connection: Pick<Connection, 'run' | 'transaction'>,
  rows: readonly TypeRow[],
): Promise<(use: TypeUse) => SampleType> {
  const byOid = new Map(rows.map((row) => [row.oid, row]))
  const listed = new Map<number, Listed>()
  const unknown = rows.filter((row) => isUnknown(row))
  const guessed = await passing(
    connection,
    unknown.map((row) => {
      const type: SampleType = { name: row.type_name, form: { kind: 'unknown' } }
      return trialOf(type, { checks: [], literals: guesses(type) })
    }),
  )
  unknown.forEach((row, at) => {
    const literals = (guessed[at] ?? []).flat()
    listed.set(row.oid, { plain: literals.slice(0, 8), keys: literals })
  })
  const resolve = (use: TypeUse) => typeOf(use, { byOid, listed })
  for (const round of domainRounds(rows, byOid)) {
    const found = await domainLiterals(connection, { round, resolve })
    for (const [oid, literals] of found) listed.set(oid, literals)
  }
  return resolve
}

function isUnknown({ kind, is_array, schema, name }: TypeRow): boolean {
  return kind === 'b' && !is_array && !(schema === 'pg_catalog' && baseValues(name, -1) !== null)
}

type Known = {
  readonly byOid: ReadonlyMap<number, TypeRow>
  readonly listed: ReadonlyMap<number, Listed>
}

function typeOf(use: TypeUse, known: Known, depth = 0): SampleType {
  const row = known.byOid.get(use.type)
  const { name } = use
  if (row === undefined || depth > 6) return { name, form: { kind: 'unknown' } }
  const literals = known.listed.get(row.oid)
  if (literals !== undefined) return { name, form: { kind: 'listed', ...literals } }
  const inside = (modifier: number) =>
    typeOf({ type: row.inner ?? 0, modifier, name: row.inner_name ?? '' }, known, depth + 1)
  const make = `${quoteIdentifier(row.schema)}.${quoteIdentifier(row.name)}`
  if (row.is_array) {
    const of = inside(use.modifier)
    // The name of an array has its elements' modifier: `character varying(20)[]`.
    return {
      name,
      form: { kind: 'array', of: use.modifier === -1 ? of : { ...of, name: name.replace(/\[\]$/, '') } },
    }
  }
  switch (row.kind) {
    case 'e':
      return { name, form: { kind: 'enum', labels: row.labels ?? [] } }
    case 'd':
      return { name, form: inside(row.inner_modifier).form }
    case 'c':
      return {
        name,
        form: {
          kind: 'composite',
          fields: (row.fields ?? []).map((field) => typeOf(field, known, depth + 1)),
        },
      }
    case 'r':
      return { name, form: { kind: 'range', of: inside(-1), make } }
    case 'm':
      return { name, form: { kind: 'multirange', of: inside(-1), make } }
    default:
      return { name, form: { kind: 'base', base: row.name, modifier: use.modifier } }
  }
}

/** Domains with checks, those on which others stand before these. */
function domainRounds(
  rows: readonly TypeRow[],
  byOid: ReadonlyMap<number, TypeRow>,
): readonly (readonly TypeRow[])[] {
  const depthOf = (oid: number | null, seen: number): number => {
    const row = oid === null ? undefined : byOid.get(oid)
    if (row === undefined || seen > 6) return 0
    const inner = [row.inner, ...(row.fields ?? []).map(({ type }) => type)]
    return Math.max(0, ...inner.map((one) => depthOf(one, seen + 1))) + (row.kind === 'd' ? 1 : 0)
  }
  const rounds: TypeRow[][] = []
  for (const row of rows) {
    if (row.kind !== 'd' || (row.checks ?? []).length === 0) continue
    const depth = depthOf(row.oid, 0)
    rounds[depth] ??= []
    rounds[depth].push(row)
  }
  return rounds.filter((round) => round !== undefined)
}

async function domainLiterals(
  connection: Pick<Connection, 'run' | 'transaction'>,
  { round, resolve }: { readonly round: readonly TypeRow[]; readonly resolve: (use: TypeUse) => SampleType },
): Promise<readonly (readonly [number, Listed])[]> {
  const contents = await Promise.all(
    round.map(async ({ checks, bodies }) => [
      ...(await parseExpressions(checks ?? [])),
      ...(await constantsIn(bodies ?? [])),
    ]),
  )
  const asked = round.map((row, at) => {
    const type = resolve({ type: row.inner ?? 0, modifier: row.inner_modifier, name: row.inner_name ?? '' })
    const constants = together(contents[at] ?? [])
    const tried = literalsToTry(type, { constants })
    return { row, tried, trial: trialOf(type, { checks: row.checks ?? [], literals: tried.all }) }
  })
  const found = await passing(
    connection,
    asked.map(({ trial }) => trial),
  )
  return asked.flatMap(({ row, tried }, at) => {
    const taken = new Set((found[at] ?? []).flat())
    const passes = (literals: readonly string[]) => literals.filter((literal) => taken.has(literal))
    // Where nothing is refused, the type is as free as what it is made of.
    if (taken.size === tried.all.length) return []
    return [[row.oid, chosen(tried, passes)] as const]
  })
}

/** What of a type is tried: as many keys, and as many of what the constants make likely. */
export type Effort = { readonly keys: number; readonly likely: number }

/** All that can be thought of. */
export const thorough: Effort = { keys: keysTried, likely: 1_000 }

/** What is tried of a type under conditions: what it would have without them, and what the constants say. */
export function literalsToTry(
  type: SampleType,
  { constants, effort = thorough }: { readonly constants: Constants; readonly effort?: Effort },
) {
  const plain = variety(type)
  const keys = Array.from({ length: effort.keys }, (_, n) => key(type, n)).filter(
    (literal) => literal !== null,
  )
  const likely = candidates(type, constants).slice(0, effort.likely)
  return { plain, keys, likely, all: [...new Set([...plain, ...keys, ...likely])] }
}

/** Of what has passed: that which differs in what matters comes first in the one, that which is far apart in the other. */
export function chosen(
  {
    plain,
    keys,
    likely,
  }: {
    readonly plain: readonly string[]
    readonly keys: readonly string[]
    readonly likely: readonly string[]
  },
  passes: (literals: readonly string[]) => readonly string[],
): Listed {
  const [plainly, asKeys, asSaid] = [passes(plain), passes(keys), passes(likely)]
  return {
    plain: [...new Set([...plainly, ...asSaid, ...asKeys])].slice(0, Math.max(plainly.length + 4, 12)),
    keys: [...new Set([...asKeys, ...asSaid, ...plainly])],
  }
}

export function together(contents: readonly (Constants | null)[]): Constants {
  const some = contents.filter((content) => content !== null)
  return {
    numbers: [...new Set(some.flatMap(({ numbers }) => numbers))],
    texts: [...new Set(some.flatMap(({ texts }) => texts))],
  }
}

function trialOf(
  type: SampleType,
  { checks, literals }: { readonly checks: readonly string[]; readonly literals: readonly string[] },
): Trial {
  return {
    name: 'limbeck_sample',
    columns: [{ name: 'value', type }],
    generated: [],
    checks,
    evaluates: [],
    tuples: literals.map((literal) => [literal]),
  }
}
