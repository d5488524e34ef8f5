import type { Connection } from '../connection/connection.ts'
import { type CatalogTextOptions, catalogLines, catalogQueries } from './catalog-text.ts'
import { marksQuery, surroundingsQuery } from './text/touched.ts'

/**
 * The text of a catalog, for who asks again and again while one session changes it. What PostgreSQL has printed of a relation is kept until a row
 * of it has been written, or a name has changed that it may show. All of it is planned once.
 */
export async function followCatalog(
  connection: Connection,
  options: CatalogTextOptions,
): Promise<() => Promise<readonly string[]>> {
  await connection.run(preparations(options))
  let kept: Kept = { surroundings: null, relations: new Map() }
  return async () => {
    const { surroundings, marks, others } = await standing(connection)
    const isSame = surroundings !== null && surroundings === kept.surroundings && !isRenamed(marks, kept)
    const part = isSame ? await readRelations(connection, marks, kept.relations) : null
    const relations = part ?? (await readRelations(connection, marks, new Map()))
    if (relations === null) throw new Error('A relation has no name before it is known.')
    kept = { surroundings, relations }
    return [...others, ...[...relations.values()].flatMap(({ lines }) => lines)].sort()
  }
}

type Kept = { readonly surroundings: unknown; readonly relations: Relations }

type Relations = ReadonlyMap<number, Relation>

type Mark = { readonly relation: number; readonly name: string; readonly mark: string }

type Relation = Mark & {
  readonly lines: readonly string[]
  /** By their numbers; null for one that is gone. */
  readonly columns: readonly (string | null)[]
}

function preparations(options: CatalogTextOptions): string {
  const { relations, others } = catalogQueries(options)
  return `PREPARE limbeck_surroundings AS ${surroundingsQuery};
PREPARE limbeck_marks AS ${marksQuery(options.ledgerSchema ?? 'limbeck')};
PREPARE limbeck_others AS ${others};
PREPARE limbeck_relations (oid[]) AS SELECT relation, line FROM (${relations}) found WHERE relation = ANY ($1);
PREPARE limbeck_columns (oid[]) AS SELECT attrelid AS relation,
  to_json(array_agg(CASE WHEN NOT attisdropped THEN attname END ORDER BY attnum))::text AS columns
FROM pg_attribute WHERE attnum > 0 AND attrelid = ANY ($1) GROUP BY attrelid`
}

async function standing(connection: Connection) {
  const [surroundings, marks, others] = await connection.run(
    'EXECUTE limbeck_surroundings; EXECUTE limbeck_marks; EXECUTE limbeck_others',
  )
  return {
    surroundings: surroundings?.rows[0]?.['surroundings'] ?? null,
    marks: (marks?.rows ?? []).map(({ relation, name, mark }) => ({
      relation: Number(relation),
      name: String(name),
      mark: String(mark),
    })),
    others: catalogLines(others?.rows ?? []),
  }
}

function isRenamed(marks: readonly Mark[], { relations }: Kept): boolean {
  return marks.some(({ relation, name }) => (relations.get(relation)?.name ?? name) !== name)
}

/** Those that are there now, each read anew unless it is known by its mark. null where one has a column of another name: others may show that. */
async function readRelations(
  connection: Connection,
  marks: readonly Mark[],
  known: Relations,
): Promise<Relations | null> {
  const touched = marks.filter(({ relation, mark }) => known.get(relation)?.mark !== mark)
  const { linesOf, columnsOf } = await read(connection, touched)
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

async function read(connection: Connection, touched: readonly Mark[]) {
  const oids = `'{${touched.map(({ relation }) => relation).join()}}'`
  const results =
    touched.length === 0
      ? []
      : await connection.run(`EXECUTE limbeck_relations (${oids}); EXECUTE limbeck_columns (${oids})`)
  const [lines, columns] = results.map(({ rows }) => Map.groupBy(rows, ({ relation }) => Number(relation)))
  return {
    linesOf: (relation: number) => catalogLines(lines?.get(relation) ?? []),
    columnsOf: (relation: number) =>
      JSON.parse(String(columns?.get(relation)?.[0]?.['columns'] ?? '[]')) as Relation['columns'],
  }
}
