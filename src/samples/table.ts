import type { Connection } from '../connection/connection.ts'
import {
  type ForeignKeyRow,
  type RelationRow,
  readSampleCatalog,
  type SampleCatalog,
  type TypeRow,
} from './catalog.ts'
import { type DraftKey, draftPlaces, type PlaceDraft } from './draft.ts'
import { resolveUnits } from './resolve.ts'
import { rowsOfTable } from './row.ts'
import type { Place, SampleColumn, SampleTable } from './sample-table.ts'
import { holds } from './sample-type.ts'
import { finished, type TableDraft, type Targets } from './table-draft.ts'
import { resolveTypes, type TypeUse } from './types.ts'

export type { SampleColumn, SampleTable } from './sample-table.ts'

/** What of a connection is used. */
export type SampleConnection = Pick<Connection, 'run' | 'transaction' | 'major'>

export type SampleOptions = {
  /** For each table, where its keys allow so many. */
  readonly rows?: number
  /** The ledger's is one, if nothing is said. */
  readonly ignoreSchemas?: readonly string[]
  /** Only these, by their oids, and those that they refer to. Default: all. */
  readonly only?: ReadonlySet<number>
  /** Only these indeed: what refers to others has whatever its type may have. Default: false. */
  readonly isAlone?: boolean
}

/**
 * What is known of each table that takes rows of its own, those that are referred to first: ordinary ones, children, and partitioned
 * ones with their partitions. A few messages for all of them; nothing is written.
 */
export async function readSampleTables(
  connection: SampleConnection,
  { rows = rowsOfTable, ignoreSchemas = ['limbeck'], only, isAlone }: SampleOptions = {},
): Promise<readonly SampleTable[]> {
  const catalog = await readSampleCatalog(connection, { ignoreSchemas, only, isAlone })
  const columnsOf = sampleColumns(catalog, await resolveTypes(connection, catalog.types))
  const meantKeys = keysMeant(catalog, columnsOf)
  const places = await draftPlaces(catalog, { columnsOf, meantKeys })
  const all = draftTables(catalog, places)
  const drafts = only === undefined ? all : withReferred(all, only)
  await resolveUnits(connection, {
    tables: drafts.map(({ table }) => table),
    targets: targetsOf(drafts, places),
    rows,
  })
  const tables = drafts.map((draft) => tableOf(draft, { catalog, columnsOf }))
  return inOrder(withoutMissing(tables))
}

function sampleColumns(
  { columns, types }: SampleCatalog,
  resolve: (use: TypeUse) => SampleColumn['type'],
): ReadonlyMap<number, readonly SampleColumn[]> {
  const typeOf = new Map(types.map((type) => [type.oid, type]))
  const rows = Map.groupBy(columns, ({ relation }) => relation)
  return new Map(
    [...rows].map(([relation, ofRelation]) => [
      relation,
      ofRelation.map((row) => ({
        name: row.name,
        type: resolve({ type: row.type, modifier: row.modifier, name: row.type_name }),
        isNullable: !row.not_null && !refusesNull(typeOf.get(row.type), typeOf),
        isGenerated: row.generated !== '',
        isIdentityAlways: row.identity === 'a',
        sequences: row.sequences,
      })),
    ]),
  )
}

/** A domain does, if it or one that it stands on is NOT NULL. */
function refusesNull(type: TypeRow | undefined, typeOf: ReadonlyMap<number, TypeRow>): boolean {
  if (type?.kind !== 'd') return false
  return type.not_null || (type.inner !== null && refusesNull(typeOf.get(type.inner), typeOf))
}

/** A column `user_id` without a foreign key is meant to refer to the `id` of `user` or `users`, if there is such a table. */
function keysMeant(
  { relations, foreignKeys, indexes }: SampleCatalog,
  columnsOf: ReadonlyMap<number, readonly SampleColumn[]>,
): (relation: RelationRow) => readonly DraftKey[] {
  const keysOf = Map.groupBy(foreignKeys, ({ relation }) => relation)
  const tables = relations.flatMap((relation) => {
    const id = (columnsOf.get(relation.oid) ?? []).find(({ name }) => name === 'id')
    const isUnique = indexes.some(
      (index) => index.relation === relation.oid && index.unique && index.columns.join() === 'id',
    )
    return relation.parent === null && id !== undefined && isUnique ? [{ relation, id }] : []
  })
  const named = Map.groupBy(tables, ({ relation }) => relation.name)
  return (relation) => {
    const said = new Set((keysOf.get(relation.oid) ?? []).flatMap(({ columns }) => columns))
    return (columnsOf.get(relation.oid) ?? []).flatMap((column) => {
      const [, name] = /^(.+)_id$/.exec(column.name) ?? []
      if (name === undefined || said.has(column.name)) return []
      const found = [name, `${name}s`, `${name}es`, name.replace(/y$/, 'ies')]
        .flatMap((one) => named.get(one) ?? [])
        .filter(({ id }) => holds(column.type, id.type))
      const target = found.find((one) => one.relation.schema === relation.schema) ?? found[0]
      if (target === undefined) return []
      return [
        {
          name: `${column.name}, by its name`,
          columns: [column.name],
          target: target.relation.oid,
          target_columns: ['id'],
          match: 's' as const,
          isMeant: true,
        },
      ]
    })
  }
}

type Draft = {
  readonly relation: RelationRow
  readonly table: TableDraft
  readonly places: readonly PlaceDraft[]
}

/** Rows go into the root of a partitioned table. */
function draftTables({ relations }: SampleCatalog, places: readonly PlaceDraft[]): readonly Draft[] {
  const byOid = new Map(relations.map((relation) => [relation.oid, relation]))
  const ofRoot = Map.groupBy(places, ({ relation }) => rootOf(relation, byOid)?.oid)
  return relations
    .filter(({ kind, parent }) => kind !== 'f' && parent === null)
    .map((relation) => {
      const own = ofRoot.get(relation.oid) ?? []
      return { relation, places: own, table: { oid: relation.oid, places: own, rows: 0, isCounted: false } }
    })
}

function rootOf(relation: RelationRow, byOid: ReadonlyMap<number, RelationRow>): RelationRow | undefined {
  const parent = relation.parent === null ? undefined : byOid.get(relation.parent)
  return relation.parent === null ? relation : parent && rootOf(parent, byOid)
}

/** With those that they refer to, whose rows they need. */
function withReferred(drafts: readonly Draft[], only: ReadonlySet<number>): readonly Draft[] {
  const named = new Map(
    drafts.flatMap((draft) => [
      [draft.relation.oid, draft] as const,
      ...draft.places.map(({ relation }) => [relation.oid, draft] as const),
    ]),
  )
  const wanted = new Set<Draft>()
  const want = (draft: Draft) => {
    if (wanted.has(draft)) return
    wanted.add(draft)
    const keys = draft.places.flatMap(({ units }) => units.flatMap(({ foreignKeys }) => foreignKeys))
    for (const { target } of keys) {
      const found = named.get(target)
      if (found !== undefined) want(found)
    }
  }
  for (const draft of drafts) if (only.has(draft.relation.oid)) want(draft)
  return drafts.filter((draft) => wanted.has(draft))
}

/** A foreign key may name the root, a partition, or a partition that has partitions itself. */
function targetsOf(drafts: readonly Draft[], places: readonly PlaceDraft[]): Targets {
  const named = new Map<number, { readonly table: TableDraft; readonly places: readonly PlaceDraft[] }>()
  for (const { relation, table, places: own } of drafts) {
    named.set(relation.oid, { table, places: own })
    for (const place of own)
      if (places.includes(place)) named.set(place.relation.oid, { table, places: [place] })
  }
  return named
}

function tableOf(
  { relation, table, places }: Draft,
  {
    catalog,
    columnsOf,
  }: {
    readonly catalog: SampleCatalog
    readonly columnsOf: ReadonlyMap<number, readonly SampleColumn[]>
  },
): SampleTable {
  const reasons = places.map(({ units }) => units.find(({ reason }) => reason !== null)?.reason ?? null)
  const able = places.filter((_, at) => reasons[at] === null)
  const finishedPlaces: readonly Place[] = able.map((place) => ({
    schema: place.relation.schema,
    name: place.relation.name,
    units: place.units.map(finished),
  }))
  const nowhere = places.length === 0 ? 'it has no partition that takes rows' : (reasons[0] ?? null)
  const involved = [relation, ...places.map((place) => place.relation)]
  return {
    oid: relation.oid,
    schema: relation.schema,
    name: relation.name,
    columns: columnsOf.get(relation.oid) ?? [],
    rows: able.length === 0 ? 0 : table.rows,
    reason: able.length === 0 ? nowhere : null,
    places: finishedPlaces,
    empty: places.flatMap((place, at) =>
      reasons[at] == null || place.relation === relation
        ? []
        : [{ schema: place.relation.schema, name: place.relation.name, reason: reasons[at] }],
    ),
    foreignKeys: foreignKeysOf(catalog, relation),
    takesOnConflict:
      !involved.some(({ has_rules: hasRules }) => hasRules) &&
      !places.some(({ isDeferrable }) => isDeferrable),
    hasTriggers: involved.some(({ has_triggers: hasTriggers }) => hasTriggers),
    loudTriggers: involved.flatMap(({ schema, name, loud_triggers: loud }) =>
      loud.map((trigger) => ({ schema, table: name, ...trigger })),
    ),
  }
}

function foreignKeysOf(catalog: SampleCatalog, { oid }: RelationRow): SampleTable['foreignKeys'] {
  const nameOf = new Map(catalog.relations.map((relation) => [relation.oid, relation]))
  return catalog.foreignKeys
    .filter(({ relation }) => relation === oid)
    .flatMap(({ name, columns, target, target_columns: targetColumns, match }: ForeignKeyRow) => {
      const found = nameOf.get(target)
      if (found === undefined) return []
      const { schema, name: table } = found
      return [{ name, columns, target: { schema, name: table }, targetColumns, isFull: match === 'f' }]
    })
}

/** A table that turned out to have no rows is referred to by none. */
function withoutMissing(tables: readonly SampleTable[]): readonly SampleTable[] {
  const missing = new Set(tables.filter(({ reason }) => reason !== null).map(nameOf))
  const changed = tables.map((table) => {
    if (table.reason !== null) return table
    return table.foreignKeys
      .filter(({ target }) => missing.has(nameOf(target)))
      .reduce(withoutReference, table)
  })
  const isSame = changed.every((table, at) => table === tables[at])
  return isSame ? tables : withoutMissing(changed)
}

function withoutReference(
  table: SampleTable,
  { name, columns, target }: SampleTable['foreignKeys'][number],
): SampleTable {
  const nullable = columns.filter((column) =>
    table.columns.some((one) => one.name === column && one.isNullable),
  )
  if (nullable.length === 0)
    return {
      ...table,
      rows: 0,
      reason: `${name} refers to ${target.schema}.${target.name}, which has no rows`,
    }
  const places = table.places.map((place) => ({
    ...place,
    units: place.units.map((unit) => {
      const isNull = unit.columns.map((column) => nullable.includes(column.name))
      if (!isNull.includes(true)) return unit
      const tuples = unit.tuples.map((tuple) => tuple.map((literal, at) => (isNull[at] ? 'NULL' : literal)))
      return { ...unit, tuples }
    }),
  }))
  return { ...table, places, foreignKeys: table.foreignKeys.filter((key) => key.name !== name) }
}

/** What is referred to comes first, where it does not go in circles. */
function inOrder(tables: readonly SampleTable[]): readonly SampleTable[] {
  const byName = new Map(tables.map((table) => [nameOf(table), table]))
  const ordered = new Set<SampleTable>()
  const seen = new Set<SampleTable>()
  const visit = (table: SampleTable) => {
    if (seen.has(table)) return
    seen.add(table)
    for (const { target } of table.foreignKeys) {
      const found = byName.get(nameOf(target))
      if (found !== undefined) visit(found)
    }
    ordered.add(table)
  }
  for (const table of tables) visit(table)
  return [...ordered]
}

function nameOf({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return JSON.stringify([schema, name])
}
