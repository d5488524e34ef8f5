import { derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { definitions } from './index-copy.ts'
import type { Course } from './operation.ts'
import { type TimePartitions, timePartitions } from './partition.ts'
import { NotPartitionable, PartitionedAlready } from './partition-table-course.ts'
import { settings } from './partitioned-shadow.ts'
import { inSchema, regclass, type TableReference, tableName } from './relation.ts'
import { ofItsOwn, refuseUnlike } from './table-likeness.ts'
import {
  compareRows,
  createMirror,
  dropMirror,
  inItsSchema,
  type Mirror,
  type MirrorColumns,
  mirrorColumns,
  mirrorFunction,
} from './table-mirror.ts'
import { carryStorage, storageOf } from './table-storage.ts'

/** A default partition that is to be split, by its name. */
export type Split = TimePartitions & { readonly partition: string }

/** The default partition and the partitioned table to which its rows are copied. */
export function splitMirror(split: Split): Mirror {
  return { ...defaultPartition(split), into: derivedName('limbeck_split', split.partition) }
}

/** Makes the table to which the rows are copied, all its partitions, and the trigger; in one transaction. */
export function* prepareSplit(given: Split): Course {
  const split = yield* inItsSchema(given)
  if (yield* isThere(split, splitMirror(split).into)) return
  yield* refuseObstacles(split)
  const columns = yield* columnsOf(split)
  const { persistence, place } = yield* storageOf(defaultPartition(split))
  const shadow = named(split, splitMirror(split).into)
  const part = (name: string, bound: string) =>
    `CREATE ${persistence}TABLE ${named(split, name)} PARTITION OF ${shadow} ${bound} ${place}`
  const [key] = yield `SELECT pg_get_partkeydef(${relation(split, split.table)}) AS definition`
  const foreignKeys =
    yield `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint k
    WHERE conrelid = ${relation(split, split.partition)} AND contype = 'f' AND ${ofItsOwn('k')} ORDER BY conname`
  const bounds = yield `SELECT pg_get_expr(relpartbound, oid) AS bound FROM pg_class
    JOIN pg_inherits ON inhrelid = oid AND inhparent = ${relation(split, split.table)}
    WHERE oid <> ${relation(split, split.partition)} ORDER BY oid`
  yield [
    'BEGIN',
    `CREATE TABLE ${shadow} (LIKE ${named(split, split.partition)} INCLUDING ALL EXCLUDING IDENTITY) PARTITION BY ${key?.['definition']}`,
    ...foreignKeys.map(
      ({ name, definition }) =>
        `ALTER TABLE ${shadow} ADD CONSTRAINT ${quoteIdentifier(String(name))} ${String(definition).replace(/ NOT VALID$/, '')}`,
    ),
    ...newPartitions(split).map(({ name, bound }) => part(name, bound)),
    // With the bounds of those that are there, the new default partition's own is word for word what it will be.
    ...bounds.map(({ bound }, n) =>
      part(derivedName('limbeck_split', split.partition, String(n + 1)), String(bound)),
    ),
    part(newDefault(split), 'DEFAULT'),
    addProofs(split),
    carryStorage(defaultPartition(split), copyOf(split)),
    ...createMirror({ ...splitMirror(split), schema: split.schema }, columns),
    'COMMIT',
  ].join(';\n')
}

/** Compares the rows; then exchanges the partitions in one transaction that looks at none of them. */
export function* swapSplit(given: Split): Course {
  const split = yield* inItsSchema(given)
  if (!(yield* isThere(split, splitMirror(split).into))) return
  const columns = yield* columnsOf(split)
  const unchanged = yield* refuseUnlike(splitMirror(split))
  yield mirrorFunction({ ...splitMirror(split), schema: split.schema }, columns)
  yield* compareRows(splitMirror(split), columns)
  const indexes = yield* indexNames(split)
  const said = yield* saidByName(split)
  const table = tableName(split)
  const shadow = named(split, splitMirror(split).into)
  const old = named(split, split.partition)
  const exchange = (name: string, bound: string) => [
    `ALTER TABLE ${shadow} DETACH PARTITION ${named(split, name)}`,
    `ALTER TABLE ${table} ATTACH PARTITION ${named(split, name)} ${bound}`,
    `ALTER TABLE ${named(split, name)} DROP CONSTRAINT ${proof}`,
  ]
  yield [
    'BEGIN',
    `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`,
    unchanged,
    ...dropMirror(splitMirror(split)),
    carryStorage(defaultPartition(split), copyOf(split)),
    carrySettings(split),
    `ALTER TABLE ${table} DETACH PARTITION ${old}`,
    `DROP TABLE ${old}`,
    ...newPartitions(split).flatMap(({ name, bound }) => exchange(name, bound)),
    ...exchange(newDefault(split), 'DEFAULT'),
    `DROP TABLE ${shadow}`,
    ...rename(split, indexes),
    ...said,
    'COMMIT',
  ].join(';\n')
}

/** Drops a copy that was not exchanged, and the trigger that feeds it, in one transaction. */
export function* dropSplit(given: Split): Course {
  const split = yield* inItsSchema(given)
  const { into } = splitMirror(split)
  if (!(yield* isThere(split, into))) return
  yield ['BEGIN', ...dropMirror(splitMirror(split)), `DROP TABLE ${named(split, into)}`, 'COMMIT'].join(';\n')
}

/** The copy is gone once it was exchanged. */
export function* refuseSwapped(given: Split): Course {
  const split = yield* inItsSchema(given)
  if (!(yield* isThere(split, splitMirror(split).into))) throw new PartitionedAlready(split.partition)
}

const proof = 'limbeck_split_proof'

function newPartitions(split: Split) {
  return timePartitions({ ...split, default: false })
}

function newDefault(split: Split): string {
  return derivedName('limbeck_split', split.partition, 'default')
}

function defaultPartition(split: Split): TableReference {
  return { ...inSchema(split), table: split.partition }
}

function copyOf(split: Split): TableReference {
  return { ...inSchema(split), table: splitMirror(split).into }
}

function named(split: Split, name: string): string {
  return qualifiedName({ ...inSchema(split), name })
}

function relation(split: Split, name: string): string {
  return regclass({ ...inSchema(split), name })
}

function* isThere(split: Split, name: string): Course<boolean> {
  const [found] = yield `SELECT to_regclass(${quoteLiteral(named(split, name))}) AS there`
  return found?.['there'] !== null
}

function* columnsOf(split: Split): Course<MirrorColumns> {
  const columns = yield* mirrorColumns(defaultPartition(split))
  if ('obstacles' in columns) throw new NotPartitionable(split.table, columns.obstacles)
  return columns
}

function* refuseObstacles(split: Split): Course {
  const table = relation(split, split.table)
  const source = relation(split, split.partition)
  const rows = yield `SELECT obstacle FROM (
SELECT format('%s is not its default partition', ${source}) WHERE NOT EXISTS (
  SELECT FROM pg_class JOIN pg_inherits ON inhrelid = oid AND inhparent = ${table}
  WHERE oid = ${source} AND pg_get_expr(relpartbound, oid) = 'DEFAULT' AND relkind = 'r')
UNION ALL SELECT format('the foreign key %I of %s refers to it', conname, conrelid::regclass) FROM pg_constraint
  WHERE contype = 'f' AND confrelid = ${table} AND conparentid = 0
UNION ALL SELECT format('the trigger %I of %s', tgname, ${source}) FROM pg_trigger
  WHERE tgrelid = ${source} AND NOT tgisinternal AND tgparentid = 0
UNION ALL SELECT format('the policy %I of %s', polname, ${source}) FROM pg_policy WHERE polrelid = ${source}
UNION ALL SELECT format('the constraint %I is not valid', conname) FROM pg_constraint WHERE conrelid IN (${table}, ${source}) AND NOT convalidated
UNION ALL SELECT format('the publication %I publishes %s', pubname, ${source}) FROM pg_publication_tables
  WHERE format('%I.%I', schemaname, tablename)::regclass = ${source}
) found (obstacle)`
  if (rows.length > 0)
    throw new NotPartitionable(
      split.table,
      rows.map((row) => String(row['obstacle'])),
    )
}

/** Checks by which PostgreSQL knows, when it attaches, that it need not look at the rows; and the owner of the table. */
function addProofs(split: Split): string {
  return doBlock(`
DECLARE
  part regclass;
  owner text := (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = ${relation(split, split.table)});
BEGIN
  FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = ${relation(split, splitMirror(split).into)} LOOP
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT ${proof} CHECK (%s)', part, pg_get_partition_constraintdef(part));
    EXECUTE format('ALTER TABLE %s OWNER TO %I', part, owner);
  END LOOP;
END`)
}

/** Owner, comment, row security and privileges of the old default partition. */
function carrySettings(split: Split): string {
  return doBlock(`
DECLARE
  relation regclass := ${relation(split, split.partition)};
  command text;
BEGIN
  ${settings({ ...inSchema(split), table: newDefault(split) }).join(';\n')};
END`)
}

type Renaming = { readonly from: string; readonly to: string }

/** What each index of the new default partition is called in the old one, which has the same; PostgreSQL chose its name by that of its table. */
function* indexNames(split: Split): Course<readonly Renaming[]> {
  const numbered = (
    name: string,
  ) => `(SELECT relname AS name, concat_ws(' ', contype, indisunique, definition) AS definition,
    row_number() OVER (PARTITION BY contype, indisunique, definition ORDER BY indexrelid) AS number
    FROM ${definitions(relation(split, name))} i JOIN pg_class c ON c.oid = indexrelid
    LEFT JOIN pg_constraint ON conindid = indexrelid AND contype IN ('p', 'u', 'x'))`
  const rows =
    yield `SELECT copy.name AS "from", original.name AS "to" FROM ${numbered(newDefault(split))} copy
  JOIN ${numbered(split.partition)} original USING (definition, number) ORDER BY original.name`
  return rows.map((row) => ({ from: String(row['from']), to: String(row['to']) }))
}

/** Statements that hold word for word once the new default partition has the names of the old one: comments and statistics. */
function* saidByName(split: Split): Course<readonly string[]> {
  const part = relation(split, split.partition)
  const rows = yield `SELECT statement FROM (
SELECT 1, format('COMMENT ON COLUMN %s.%I IS %L', ${part}, attname, col_description(attrelid, attnum)) FROM pg_attribute
  WHERE attrelid = ${part} AND attnum > 0 AND NOT attisdropped AND col_description(attrelid, attnum) IS NOT NULL
UNION ALL SELECT 1, format('COMMENT ON CONSTRAINT %I ON %s IS %L', conname, ${part}, description) FROM pg_constraint k
  JOIN pg_description d ON classoid = 'pg_constraint'::regclass AND objoid = k.oid WHERE conrelid = ${part}
UNION ALL SELECT 1, format('COMMENT ON INDEX %s IS %L', indexrelid::regclass, obj_description(indexrelid, 'pg_class')) FROM pg_index
  WHERE indrelid = ${part} AND obj_description(indexrelid, 'pg_class') IS NOT NULL
UNION ALL SELECT 1, format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', indexrelid::regclass, attnum, attstattarget) FROM pg_index
  JOIN pg_attribute ON attrelid = indexrelid WHERE indrelid = ${part} AND attstattarget >= 0
UNION ALL SELECT n, statement FROM pg_statistic_ext s JOIN pg_namespace m ON m.oid = stxnamespace
  CROSS JOIN LATERAL format('%I.%I', nspname, stxname) name
  CROSS JOIN LATERAL (VALUES (1, pg_get_statisticsobjdef(s.oid)),
    (2, format('ALTER STATISTICS %s OWNER TO %I', name, pg_get_userbyid(stxowner))),
    (3, CASE WHEN stxstattarget >= 0 THEN format('ALTER STATISTICS %s SET STATISTICS %s', name, stxstattarget) END),
    (4, format('COMMENT ON STATISTICS %s IS %L', name, obj_description(s.oid, 'pg_statistic_ext')))) said (n, statement)
  WHERE stxrelid = ${part}
) said (n, statement) WHERE statement IS NOT NULL ORDER BY n, statement`
  return rows.map((row) => String(row['statement']))
}

/** The new default partition takes the name of the old one, with its indexes; a constraint is called as its index. */
function rename(split: Split, indexes: readonly Renaming[]): readonly string[] {
  return [
    ...indexes.map(({ from, to }) => `ALTER INDEX ${named(split, from)} RENAME TO ${quoteIdentifier(to)}`),
    `ALTER TABLE ${named(split, newDefault(split))} RENAME TO ${quoteIdentifier(split.partition)}`,
  ]
}
