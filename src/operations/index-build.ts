import { LimbeckError } from '../error.ts'
import { derivedName, derivedNameFunction, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { createIndexSql, type IndexDefinition } from './index-definition.ts'
import type { Course, Message, OfflineStep, Procedure, Server } from './operation.ts'
import { inSchema, regclass, type TableReference } from './relation.ts'

/** Something of that name is there already, and this revision did not make it. */
export class IndexExists extends LimbeckError {
  readonly code = 'INDEX_EXISTS'
  readonly index: string
  readonly table: string

  constructor(index: string, table: string) {
    super(`An index ${index} is there already, on ${table}, and this revision has not built it.`, {
      hint: 'Compare it with what the revision wants. Drop it, rename it, or take the directive out.',
    })
    this.index = index
    this.table = table
  }
}

/** The index could not be made whole: a partition came while it was built, or somebody took a part away. */
export class IndexIncomplete extends LimbeckError {
  readonly code = 'INDEX_INCOMPLETE'
  readonly index: string

  constructor(index: string) {
    super(`The index ${index} is still invalid after every partition had its part built.`, {
      hint: 'Run the command again: it goes on from what is there.',
    })
    this.index = index
  }
}

export type NamedIndex = TableReference & { readonly name: string }
export type BuildIndex = IndexDefinition & NamedIndex

/**
 * Builds an index while the table is read and written. What a crash or a failure left invalid is dropped and built
 * anew; a valid index that was there before the first attempt is never taken for one's own. A partitioned table, for
 * which PostgreSQL has no CONCURRENTLY, gets its index part by part: on the parent only, on each partition, then attached.
 */
export function createIndexProcedure(index: BuildIndex, server?: Server): Procedure {
  const isWhole = server?.isPartitioned?.({ ...index, name: index.table }) !== true
  return {
    run: 'procedure',
    title: `create index ${index.name} on ${index.table}`,
    preview: [createIndexSql(index, { concurrently: isWhole })],
    offline: offlineCreateIndex(index),
    guard: () => refuseExisting(index),
    *steps() {
      if (yield* isPartitioned(index)) yield* buildOnPartitions(index)
      else yield* buildConcurrently(index, createIndexSql(index, { concurrently: true }))
    },
    undo: [
      {
        run: 'procedure',
        title: `drop what is built of index ${index.name}`,
        preview: [`DROP INDEX CONCURRENTLY IF EXISTS ${indexName(index)}`],
        steps: () => dropBuilt(index),
      },
    ],
  }
}

/** Builds an index that was there, unless it is there and whole still. */
export function rebuildIndexProcedure(index: BuildIndex): Procedure {
  const { guard: _, ...build } = createIndexProcedure(index)
  return {
    ...build,
    *steps(before) {
      if (!(yield* findIndex(index))?.valid) yield* build.steps(before)
    },
  }
}

function* isPartitioned(index: NamedIndex): Course<boolean> {
  const [table] =
    yield `SELECT relkind FROM pg_class WHERE oid = ${regclass({ ...index, name: index.table })}`
  return table?.['relkind'] === 'p'
}

/** Drops what an interrupted build has left, or a whole one: of a partitioned table the parts that are not attached first. */
function* dropBuilt(index: BuildIndex): Course {
  if (yield* isPartitioned(index))
    for (const partition of yield* partitions(index)) {
      const part = { ...index, ...partition, name: derivedName(partition.table, index.name) }
      if (!(yield* isAttached(part))) yield* dropBuilt(part)
    }
  const found = yield* findIndex(index)
  if (found === null) return
  yield (yield* isPartitioned(index)) ? `DROP INDEX ${found.name}` : dropConcurrently(found)
}

/** Drops an index while its table is read and written; one of a partitioned table in the one way that there is. */
export function dropIndexProcedure(
  index: { readonly schema?: string; readonly name: string },
  server?: Server,
): Procedure {
  const name = qualifiedName(index)
  const isWhole = server?.isPartitioned?.(index) !== true
  return {
    run: 'procedure',
    title: `drop index ${index.name}`,
    preview: [`DROP INDEX ${isWhole ? 'CONCURRENTLY ' : ''}${name}`],
    offline: [
      {
        each: `SELECT CASE relkind WHEN 'I' THEN ${quoteLiteral(`DROP INDEX ${name}`)} ELSE ${quoteLiteral(`DROP INDEX CONCURRENTLY ${name}`)} END
FROM pg_class WHERE oid = ${regclass(index)}`,
      },
    ],
    *guard() {
      yield `SELECT ${regclass(index)}`
    },
    *steps() {
      const [found] = yield `SELECT relkind FROM pg_class WHERE oid = to_regclass(${quoteLiteral(name)})`
      if (found !== undefined)
        yield found['relkind'] === 'I'
          ? `DROP INDEX ${name}`
          : { patiently: `DROP INDEX CONCURRENTLY ${name}` }
    },
  }
}

/**
 * The same as a script: queries that write the statements, since whether the table is partitioned, and into what, is
 * known when the script runs. The parts have the names that a run gives them, so that a run can go on after the script.
 */
function offlineCreateIndex(index: BuildIndex): readonly OfflineStep[] {
  const table = regclass({ ...index, name: index.table })
  const whole = `SELECT relkind FROM pg_class WHERE oid = ${table}`
  const tree = `WITH RECURSIVE part AS (
  SELECT relid, isleaf, level, ${quoteLiteral(index.name)}::text AS part FROM pg_partition_tree(${table}) WHERE level = 0
  UNION ALL
  SELECT t.relid, t.isleaf, t.level, pg_temp.limbeck_derived_name(c.relname::text COLLATE "default" || '_' || part.part)
  FROM pg_partition_tree(${table}) t JOIN part ON part.relid = t.parentrelid JOIN pg_class c ON c.oid = t.relid
)`
  const build = (form: 'CONCURRENTLY' | 'ONLY') => createStatement(index, form)
  return [
    derivedNameFunction,
    {
      each: `SELECT ${build('CONCURRENTLY')} FROM (VALUES (${table}, ${quoteLiteral(index.name)}::text)) part (relid, part) WHERE (${whole}) <> 'p'`,
    },
    {
      each: `${tree}\nSELECT ${build('ONLY')} FROM part WHERE NOT isleaf AND (${whole}) = 'p' ORDER BY level`,
    },
    { each: `${tree}\nSELECT ${build('CONCURRENTLY')} FROM part WHERE isleaf AND level > 0` },
    {
      each: `${tree}\nSELECT format('ALTER INDEX %s.%I ATTACH PARTITION %s.%I', above.relnamespace::regnamespace, parent.part, c.relnamespace::regnamespace, part.part)
FROM part JOIN pg_inherits ON inhrelid = relid JOIN part parent ON parent.relid = inhparent
JOIN pg_class c ON c.oid = part.relid JOIN pg_class above ON above.oid = parent.relid ORDER BY part.level DESC`,
    },
  ]
}

/** An expression that gives CREATE INDEX for a row with `relid`, the table, and `part`, the index's name. */
function createStatement(index: BuildIndex, form: 'CONCURRENTLY' | 'ONLY'): string {
  const [name, table] = ['limbeck:name', 'limbeck:table']
  const options = form === 'ONLY' ? { only: true } : { concurrently: true }
  const { schema: _, ...definition } = index
  const text = createIndexSql({ ...definition, name, table }, options)
  const [head = '', rest = ''] = text.split(quoteIdentifier(name))
  const [between = '', ...tail] = rest.split(quoteIdentifier(table))
  return `${quoteLiteral(head)} || quote_ident(part) || ${quoteLiteral(between)} || relid::regclass || ${quoteLiteral(tail.join(quoteIdentifier(table)))}`
}

/** Throws where the index is there and whole already: before the first attempt it cannot be this revision's work. */
export function* refuseExisting(index: NamedIndex): Course {
  const found = yield* findIndex(index)
  if (found?.valid) throw new IndexExists(index.name, found.table)
}

/** Builds an index by the statement that is given, unless it is there and whole; an invalid one is dropped first. */
export function* buildConcurrently(index: NamedIndex, create: string): Course {
  const found = yield* findIndex(index)
  if (found?.valid) return
  if (found !== null) yield dropConcurrently(found)
  try {
    yield { patiently: create }
  } catch (error) {
    yield* dropLeftover(index)
    throw error
  }
}

/** A failed build leaves an index that costs every write and serves no read. */
function* dropLeftover(index: NamedIndex): Course {
  try {
    const left = yield* findIndex(index)
    if (left !== null && !left.valid) yield dropConcurrently(left)
  } catch {
    // The build's own error is the one to tell; the next run finds the index and drops it then.
  }
}

function* buildOnPartitions(index: BuildIndex): Course {
  if ((yield* findIndex(index)) === null) yield createIndexSql(index, { only: true })
  for (const partition of yield* partitions(index)) {
    const part = { ...index, ...partition, name: derivedName(partition.table, index.name) }
    if (yield* isAttached(part)) continue
    if (partition.partitioned) yield* buildOnPartitions(part)
    else yield* buildConcurrently(part, createIndexSql(part, { concurrently: true }))
    yield `ALTER INDEX ${indexName(index)} ATTACH PARTITION ${indexName(part)}`
  }
  if (!(yield* findIndex(index))?.valid) throw new IndexIncomplete(index.name)
}

function* partitions(
  index: BuildIndex,
): Course<readonly { schema: string; table: string; partitioned: boolean }[]> {
  const rows = yield `SELECT nspname, relname, relkind FROM pg_inherits
    JOIN pg_class child ON child.oid = inhrelid JOIN pg_namespace n ON n.oid = relnamespace
    WHERE inhparent = ${regclass({ ...index, name: index.table })} ORDER BY nspname, relname`
  return rows.map((row) => ({
    schema: String(row['nspname']),
    table: String(row['relname']),
    partitioned: row['relkind'] === 'p',
  }))
}

function* isAttached(index: BuildIndex): Course<boolean> {
  const rows =
    yield `SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass(${quoteLiteral(indexName(index))})`
  return rows.length > 0
}

/** An index as it was found; the names are qualified and quoted where the search_path asks for it. */
type FoundIndex = { readonly name: string; readonly table: string; readonly valid: boolean }

function* findIndex(index: NamedIndex): Course<FoundIndex | null> {
  const table = regclass({ ...index, name: index.table })
  const [row] =
    yield `SELECT indexrelid::regclass::text AS name, indrelid::regclass::text AS "table", indrelid = ${table} AS own,
      indisvalid AND indisready AS valid FROM pg_index WHERE indexrelid = (
      SELECT c.oid FROM pg_class c JOIN pg_class t ON t.relnamespace = c.relnamespace
      WHERE t.oid = ${table} AND c.relname = ${quoteLiteral(index.name)})`
  if (row === undefined) return null
  if (row['own'] !== true) throw new IndexExists(index.name, String(row['table']))
  return { name: String(row['name']), table: String(row['table']), valid: row['valid'] === true }
}

function dropConcurrently({ name }: FoundIndex): Message {
  return { patiently: `DROP INDEX CONCURRENTLY ${name}` }
}

/** An index lives in its table's schema. */
function indexName(index: NamedIndex): string {
  return qualifiedName({ ...inSchema(index), name: index.name })
}
