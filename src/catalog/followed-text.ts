import type { Connection, Row } from '../connection/connection.ts'
import { oidsValue, type Repeated, runPrepared } from '../connection/prepared.ts'
import { type CatalogTextOptions, catalogLines, catalogQueries } from './catalog-text.ts'
import { marksIn, marksQuery } from './text/marks.ts'
import { surroundingsQuery } from './text/surroundings.ts'

/** A catalog that one session changes, and that is asked for again and again. */
export type FollowedCatalog = {
  /** Its text, as `catalogText` has it. */
  read(): Promise<readonly string[]>
  /** The same, and the rows of what is asked in one message with it. */
  readWith(beside: Repeated): Promise<{ readonly lines: readonly string[]; readonly found: readonly Row[] }>
  /** Of a relation by its OID, as of the last time: another text once anything of it may be another, or a name that it shows. */
  versionOf(relation: number): string
}

/**
 * What PostgreSQL has printed of a relation is kept until a row of it has been written, or a name has changed that it may show; what is of none, until
 * anything of the kind has been written, where the server's count of that is complete. All of it is planned once.
 */
export function followCatalog(connection: Connection, options: CatalogTextOptions): FollowedCatalog {
  // Nobody else has a session there.
  const isCounted = connection.embedded
  const queries = queriesOf(options, isCounted)
  const ask = (...asked: readonly Repeated[]) => runPrepared(connection, asked)
  let kept: Kept = { surroundings: null, relations: new Map(), apart: [] }
  // How often all had to be read.
  let whole = 0
  const readWith = async (beside: readonly Repeated[]) => {
    const [[around] = [], [rows] = [], others = [], found = []] = await ask(
      { text: queries.surroundings },
      { text: queries.marks },
      { text: queries.others },
      ...beside,
    )
    const surroundings = around?.['surroundings'] ?? null
    const marks = marksIn(rows ?? {})
    const isSame = surroundings !== null && surroundings === kept.surroundings
    const part = isSame ? await readRelations(ask, queries, { marks, known: kept.relations }) : null
    if (part === null) whole++
    const relations = part ?? (await readRelations(ask, queries, { marks, known: new Map() }))
    if (relations === null) throw new Error('A relation has no name before it is known.')
    const isKept = isCounted && part !== null
    const apart = isKept ? kept.apart : catalogLines((await ask({ text: queries.apart })).flat())
    kept = { surroundings, relations, apart }
    const ofRelations = [...relations.values()].flatMap(({ lines }) => lines)
    return { lines: [...apart, ...catalogLines(others), ...ofRelations].sort(), found }
  }
  return {
    read: async () => (await readWith([])).lines,
    readWith: (beside) => readWith([beside]),
    versionOf: (relation) => `${whole} ${kept.relations.get(relation)?.mark}`,
  }
}

type Kept = {
  readonly surroundings: unknown
  readonly relations: Relations
  readonly apart: readonly string[]
}

type Ask = (...asked: readonly Repeated[]) => ReturnType<typeof runPrepared>

type Queries = ReturnType<typeof queriesOf>

type Relations = ReadonlyMap<number, Relation>

type Relation = {
  readonly mark: string
  readonly names: Names
  readonly lines: readonly string[]
}

/** `columns`: by their numbers; null for one that is gone. */
type Names = { readonly relation: string; readonly columns: readonly (string | null)[] }

function queriesOf(options: CatalogTextOptions, isCounted: boolean) {
  const { apart, others, relations } = catalogQueries(options)
  return {
    surroundings: surroundingsQuery(isCounted),
    marks: marksQuery,
    apart,
    others,
    relations: `SELECT relation, line FROM (${relations}) found WHERE relation = ANY ($1)`,
    names: `SELECT c.oid AS relation, n.nspname || '.' || c.relname AS name,
  (SELECT to_json(array_agg(CASE WHEN NOT attisdropped THEN attname END ORDER BY attnum))::text
    FROM pg_attribute WHERE attnum > 0 AND attrelid = c.oid) AS columns
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ANY ($1)`,
  }
}

/** Those that are there now, each read anew unless it is known by its mark. null where one, or a column, has another name: others may show that. */
async function readRelations(
  ask: Ask,
  queries: Queries,
  { marks, known }: { readonly marks: ReadonlyMap<number, string>; readonly known: Relations },
): Promise<Relations | null> {
  const touched = [...marks.keys()].filter((relation) => known.get(relation)?.mark !== marks.get(relation))
  const { linesOf, namesOf } = await read(ask, queries, touched)
  const fresh = new Map(
    touched.map((relation) => [relation, { names: namesOf(relation), lines: linesOf(relation) }]),
  )
  if (touched.some((relation) => isRenamed(known.get(relation)?.names, fresh.get(relation)?.names)))
    return null
  const relations = new Map<number, Relation>()
  for (const [relation, mark] of marks) {
    const now = fresh.get(relation) ?? known.get(relation)
    if (now !== undefined) relations.set(relation, { ...now, mark })
  }
  return relations
}

function isRenamed(before: Names | undefined, after: Names | undefined): boolean {
  if (before === undefined || after === undefined) return false
  const isOther = (name: string | null, at: number) => {
    const now = after.columns[at] ?? null
    return name !== null && now !== null && now !== name
  }
  return before.relation !== after.relation || before.columns.some(isOther)
}

async function read(ask: Ask, { relations, names }: Queries, touched: readonly number[]) {
  const values = [oidsValue(touched)]
  const found = touched.length === 0 ? [] : await ask({ text: relations, values }, { text: names, values })
  const [lines, named] = found.map((rows) => Map.groupBy(rows, ({ relation }) => Number(relation)))
  return {
    linesOf: (relation: number) => catalogLines(lines?.get(relation) ?? []),
    namesOf(relation: number): Names {
      const [{ name, columns } = {}] = named?.get(relation) ?? []
      return { relation: String(name), columns: JSON.parse(String(columns ?? '[]')) as Names['columns'] }
    },
  }
}
