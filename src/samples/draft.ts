import { constantsIn, parseExpressions } from '../sql/statements.ts'
import type { Constants } from './candidates.ts'
import type { CheckRow, ForeignKeyRow, IndexRow, RelationRow, SampleCatalog } from './catalog.ts'
import type { Counted } from './digits.ts'
import type { SampleColumn } from './sample-table.ts'
import { together } from './types.ts'

/** What stands in the way of a place's rows: its columns in units, of which nothing is chosen yet. */
export type PlaceDraft = {
  readonly relation: RelationRow
  readonly columns: readonly SampleColumn[]
  readonly units: readonly UnitDraft[]
  /** Columns of which no two rows may have the same. */
  readonly groups: readonly (readonly string[])[]
  readonly isDeferrable: boolean
}

export type UnitDraft = Counted & {
  readonly place: RelationRow
  readonly checks: readonly string[]
  readonly evaluates: readonly string[]
  readonly generated: readonly { readonly name: string; readonly expression: string }[]
  readonly constants: Constants
  readonly foreignKeys: readonly DraftKey[]
  /** Whether a partition's bound is on it, which no other partition shares. */
  readonly isBound: boolean
  /** Whether a column is part of what is unique. */
  readonly isKey: boolean
  nullable: readonly string[]
  isDone: boolean
  /** Whether too little has passed of what comes first to mind, so that all is tried. */
  isThorough: boolean
  /** Why it has no tuples. */
  reason: string | null
}

export type DraftKey = Pick<ForeignKeyRow, 'name' | 'columns' | 'target' | 'target_columns' | 'match'> & {
  /** Only meant by the name of a column: it is left out where it cannot be. */
  readonly isMeant: boolean
}

type Condition = {
  readonly sort: 'check' | 'evaluates' | 'bound'
  readonly sql: string
  readonly columns: readonly string[]
  readonly constants: Constants
}

/** The drafts of all ordinary tables and partitions. */
export async function draftPlaces(
  catalog: SampleCatalog,
  {
    columnsOf,
    meantKeys,
  }: {
    readonly columnsOf: ReadonlyMap<number, readonly SampleColumn[]>
    readonly meantKeys: (relation: RelationRow) => readonly DraftKey[]
  },
): Promise<readonly PlaceDraft[]> {
  const contentOf = await contents(catalog)
  const bodies = await constantsOf(catalog.checks.flatMap((check) => check.bodies))
  const rowsOf = <Row extends { readonly relation: number }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ relation }) => relation)
  const [checks, keys, indexes, columnRows] = [
    rowsOf(catalog.checks),
    rowsOf(catalog.foreignKeys),
    rowsOf(catalog.indexes),
    rowsOf(catalog.columns),
  ]
  return catalog.relations
    .filter(({ kind }) => kind === 'r')
    .map((relation) => {
      const { oid } = relation
      const generated = (columnRows.get(oid) ?? []).flatMap(({ name, expression }) =>
        expression === null ? [] : [{ name, expression, of: contentOf(expression)?.columns ?? [] }],
      )
      const ofIndexes = indexes.get(oid) ?? []
      const conditions = [
        ...(checks.get(oid) ?? []).map((check) => checkCondition(check, contentOf(check.expression), bodies)),
        ...boundCondition(relation, contentOf),
        ...ofIndexes.flatMap(({ expressions }) =>
          expressions.map((sql) => conditionOf('evaluates', sql, contentOf(sql))),
        ),
      ]
      const hard = (keys.get(oid) ?? []).map((key) => ({ ...key, isMeant: false }))
      return draftPlace({
        relation,
        columns: columnsOf.get(oid) ?? [],
        generated,
        conditions,
        keys: [...hard, ...meantKeys(relation)],
        indexes: ofIndexes,
        groups: ofIndexes
          .filter(({ unique }) => unique)
          .map((index) => groupOf(index, { generated, contentOf })),
      })
    })
}

type ContentOf = (sql: string) => (Condition['constants'] & { readonly columns: readonly string[] }) | null
type Generated = { readonly name: string; readonly expression: string; readonly of: readonly string[] }

/** All expressions, each parsed once. */
async function contents(catalog: SampleCatalog): Promise<ContentOf> {
  const texts = [
    ...catalog.checks.map(({ expression }) => expression),
    ...catalog.relations.flatMap(({ bound }) => bound ?? []),
    ...catalog.columns.flatMap(({ expression }) => expression ?? []),
    ...catalog.indexes.flatMap(({ expressions }) => expressions),
  ]
  const asked = [...new Set(texts)]
  const found = await parseExpressions(asked)
  const known = new Map(asked.map((text, at) => [text, found[at] ?? null]))
  return (sql) => known.get(sql) ?? null
}

function conditionOf(sort: Condition['sort'], sql: string, content: ReturnType<ContentOf>): Condition {
  return { sort, sql, columns: content?.columns ?? [], constants: content ?? together([]) }
}

/** The catalog knows the columns of a check even where the parser does not know its words. */
function checkCondition(
  { expression, columns, bodies }: CheckRow,
  content: ReturnType<ContentOf>,
  constantsOfBodies: ReadonlyMap<string, Constants>,
): Condition {
  const condition = conditionOf('check', expression, content)
  const called = bodies.flatMap((body) => constantsOfBodies.get(body) ?? [])
  return { ...condition, columns, constants: together([condition.constants, ...called]) }
}

/** What is said in the functions that conditions call, each read once. */
async function constantsOf(bodies: readonly string[]): Promise<ReadonlyMap<string, Constants>> {
  const asked = [...new Set(bodies)]
  const found = await constantsIn(asked)
  return new Map(asked.map((body, at) => [body, found[at] ?? together([])]))
}

function boundCondition({ bound }: RelationRow, contentOf: ContentOf): readonly Condition[] {
  return bound === null ? [] : [conditionOf('bound', bound, contentOf(bound))]
}

/** What is made of columns differs where these do, or so it is hoped. */
function groupOf(
  index: IndexRow,
  { generated, contentOf }: { readonly generated: readonly Generated[]; readonly contentOf: ContentOf },
): readonly string[] {
  const plain = index.columns.filter((column) => column !== null)
  const ofExpressions = index.expressions
    .slice(0, index.columns.length - plain.length)
    .flatMap((sql) => contentOf(sql)?.columns ?? [])
  return sourcesOf([...plain, ...ofExpressions], generated)
}

/** Columns that take values, in place of those that are made of them. */
function sourcesOf(columns: readonly string[], generated: readonly Generated[]): readonly string[] {
  return [...new Set(columns.flatMap((name) => generated.find((made) => made.name === name)?.of ?? [name]))]
}

function draftPlace(given: {
  readonly relation: RelationRow
  readonly columns: readonly SampleColumn[]
  readonly generated: readonly Generated[]
  readonly conditions: readonly Condition[]
  readonly keys: readonly DraftKey[]
  readonly indexes: readonly IndexRow[]
  readonly groups: readonly (readonly string[])[]
}): PlaceDraft {
  const { relation, generated, indexes, groups } = given
  const neverNull = new Set(
    indexes.filter((index) => index.unique && index.nulls_not_distinct).flatMap(({ columns }) => columns),
  )
  const columns = given.columns.map((column) =>
    neverNull.has(column.name) ? { ...column, isNullable: false } : column,
  )
  const takes = columns.filter(({ isGenerated }) => !isGenerated)
  const conditions = given.conditions.map((one) => ({ ...one, columns: sourcesOf(one.columns, generated) }))
  const sets = [
    ...conditions.map((one) => one.columns),
    ...generated.map(({ of }) => of),
    ...given.keys.filter(({ isMeant }) => !isMeant).map((key) => key.columns),
  ]
  const units = joined(takes, sets).map((unit) => {
    const isWithin = (names: readonly string[]) =>
      names.length > 0 && names.every((name) => unit.some((column) => column.name === name))
    const own = conditions.filter((one) => isWithin(one.columns))
    const hard = given.keys.filter((key) => !key.isMeant && isWithin(key.columns))
    const made = generated.filter(({ of }) => isWithin(of))
    const isPlain = own.length === 0 && hard.length === 0 && made.length === 0 && unit.length === 1
    const sqlOf = (...sorts: readonly Condition['sort'][]) =>
      own.filter(({ sort }) => sorts.includes(sort)).map(({ sql }) => sql)
    return {
      place: relation,
      columns: unit,
      checks: sqlOf('check', 'bound'),
      evaluates: sqlOf('evaluates'),
      generated: made,
      constants: together(own.map(({ constants }) => constants)),
      foreignKeys: isPlain ? given.keys.filter((key) => isWithin(key.columns)) : hard,
      isBound: sqlOf('bound').length > 0,
      isKey: groups.some((group) => unit.some(({ name }) => group.includes(name))),
      tuples: null,
      digit: null,
      nullable: [],
      isDone: false,
      isThorough: false,
      reason: null,
    }
  })
  return { relation, columns, units, groups, isDeferrable: indexes.some(({ deferrable }) => deferrable) }
}

/** Columns, together where a set has several of them. */
function joined(
  columns: readonly SampleColumn[],
  sets: readonly (readonly string[])[],
): readonly (readonly SampleColumn[])[] {
  const unitOf = new Map(columns.map(({ name }) => [name, name]))
  for (const set of sets) {
    const [first, ...rest] = set.flatMap((name) => unitOf.get(name) ?? [])
    for (const [name, unit] of unitOf) if (first !== undefined && rest.includes(unit)) unitOf.set(name, first)
  }
  return [...Map.groupBy(columns, ({ name }) => unitOf.get(name)).values()]
}
