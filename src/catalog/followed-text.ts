import type { Connection } from '../connection/connection.ts'
import { oidsValue, runPrepared } from '../connection/prepared.ts'
import { type CatalogTextOptions, catalogLines, catalogQueries } from './catalog-text.ts'
import { marksQuery, surroundingsQuery } from './text/touched.ts'

/** A catalog that one session changes, and that is asked for again and again. */
export type FollowedCatalog = {
  /** Its text, as `catalogText` has it. */
  read(): Promise<readonly string[]>
  /** Of a relation by its OID, as of the last time: another text once anything of it may be another, or a name that it shows. */
  versionOf(relation: number): string
}

/**
 * What PostgreSQL has printed of a relation is kept until a row of it has been written, or a name has changed that it may show. All of it is
 * planned once.
 */
export function followCatalog(connection: Connection, options: CatalogTextOptions): FollowedCatalog {
  const queries = queriesOf(options)
  let kept: Kept = { surroundings: null, relations: new Map() }
  // How often all had to be read.
  let whole = 0
  return {
    async read() {
      const { surroundings, marks, others } = await standing(connection, queries)
      const isSame = surroundings !== null && surroundings === kept.surroundings && !isRenamed(marks, kept)
      const read = (known: Relations) => readRelations(connection, queries, { marks, known })
      const part = isSame ? await read(kept.relations) : null
      if (part === null) whole++
      const relations = part ?? (await read(new Map()))
      if (relations === null) throw new Error('A relation has no name before it is known.')
      kept = { surroundings, relations }
      return [...others, ...[...relations.values()].flatMap(({ lines }) => lines)].sort()
    },
    versionOf: (relation) => `${whole} ${kept.relations.get(relation)?.mark}`,
  }
}

type Kept = { readonly surroundings: unknown; readonly relations: Relations }

type Queries = ReturnType<typeof queriesOf>

type Relations = ReadonlyMap<number, Relation>

type Mark = { readonly relation: number; readonly name: string; readonly mark: string }

type Relation = Mark & {
  readonly lines: readonly string[]
  /** By their numbers; null for one that is gone. */
  readonly columns: readonly (string | null)[]
}

function queriesOf(options: CatalogTextOptions) {
  const { relations, others } = catalogQueries(options)
  return {
    surroundings: surroundingsQuery,
    marks: marksQuery(options.ledgerSchema ?? 'limbeck'),
    others,
    relations: `SELECT relation, line FROM (${relations}) found WHERE relation = ANY ($1)`,
    columns: `SELECT attrelid AS relation,
  to_json(array_agg(CASE WHEN NOT attisdropped THEN attname END ORDER BY attnum))::text AS columns
FROM pg_attribute WHERE attnum > 0 AND attrelid = ANY ($1) GROUP BY attrelid`,
  }
}

async function standing(connection: Connection, queries: Queries) {
  const [surroundings = [], marks = [], others = []] = await runPrepared(connection, [
    { text: queries.surroundings },
    { text: queries.marks },
    { text: queries.others },
  ])
  return {
    surroundings: surroundings[0]?.['surroundings'] ?? null,
    marks: marks.map(({ relation, name, mark }) => ({
      relation: Number(relation),
      name: String(name),
      mark: String(mark),
    })),
    others: catalogLines(others),
  }
}

function isRenamed(marks: readonly Mark[], { relations }: Kept): boolean {
  return marks.some(({ relation, name }) => (relations.get(relation)?.name ?? name) !== name)
}

/** Those that are there now, each read anew unless it is known by its mark. null where one has a column of another name: others may show that. */
async function readRelations(
  connection: Connection,
  queries: Queries,
  { marks, known }: { readonly marks: readonly Mark[]; readonly known: Relations },
): Promise<Relations | null> {
  const touched = marks.filter(({ relation, mark }) => known.get(relation)?.mark !== mark)
  const { linesOf, columnsOf } = await read(connection, queries, touched)
  const relations = new Map(
    marks.map((mark): [number, Relation] => {
      const { relation } = mark
      const before = known.get(relation)
      if (before?.mark === mark.mark) return [relation, before]
      return [relation, { ...mark, lines: linesOf(relation), columns: columnsOf(relation) }]
    }),
  )
  return touched.some(({ relation }) => hasOtherName(known.get(relation), relations.get(relation)))
    ? null
    : relations
}

function hasOtherName(before: Relation | undefined, after: Relation | undefined): boolean {
  const isOther = (name: string | null, at: number) => {
    const now = after?.columns[at] ?? null
    return name !== null && now !== null && now !== name
  }
  return before?.columns.some(isOther) ?? false
}

async function read(connection: Connection, queries: Queries, touched: readonly Mark[]) {
  const values = [oidsValue(touched.map(({ relation }) => relation))]
  const texts = touched.length === 0 ? [] : [queries.relations, queries.columns]
  const found = await runPrepared(
    connection,
    texts.map((text) => ({ text, values })),
  )
  const [lines, columns] = found.map((rows) => Map.groupBy(rows, ({ relation }) => Number(relation)))
  return {
    linesOf: (relation: number) => catalogLines(lines?.get(relation) ?? []),
    columnsOf: (relation: number) =>
      JSON.parse(String(columns?.get(relation)?.[0]?.['columns'] ?? '[]')) as Relation['columns'],
  }
}
