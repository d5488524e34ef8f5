import { derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { underTheSameTable } from './name-swap.ts'
import { dropNotNullProof, setNotNullCourse } from './not-null-course.ts'
import type { Course, Server } from './operation.ts'
import { NotPartitionable, refusePartitioned } from './partition-table-course.ts'
import {
  asItIs,
  createShadow,
  handOverSequences,
  type Partitioning,
  type Parts,
  partsOf,
  renameParts,
  settings,
  shadowBase,
  shadowName,
  waiting,
} from './partitioned-shadow.ts'
import { inSchema, regclass, tableName } from './relation.ts'
import { refuseUnlike } from './table-likeness.ts'
import {
  compareRows,
  createMirror,
  dropMirror,
  inItsSchema,
  type MirrorColumns,
  mirrorColumns,
  mirrorFunction,
} from './table-mirror.ts'
import { carryStorage, storageOf } from './table-storage.ts'

/** What the table is called once the partitioned one has its name, and the mirrors there and back. */
export function unpartitioned(fields: Partitioning) {
  const kept = derivedName(fields.table, 'unpartitioned')
  const mirror = { ...inSchema(fields), table: fields.table }
  return { kept, forward: { ...mirror, into: shadowBase(fields) }, back: { ...mirror, into: kept } }
}

/** Makes the partitioned table and the trigger that keeps it in step, in one transaction. */
export function* prepareCopy(given: Partitioning, server: Server): Course {
  const fields = yield* inItsSchema(given)
  const [made] = yield `SELECT to_regclass(${quoteLiteral(shadowName(fields))}) AS shadow`
  if ((yield* isPartitioned(fields)) || made?.['shadow'] !== null) return
  const columns = yield* columnsOf(fields)
  yield* setNotNullCourse(fields, fields.by)
  const parts = { ...(yield* partsOf(fields)), storage: yield* storageOf(fields) }
  yield [
    'BEGIN',
    ...createShadow(fields, server, parts),
    ...createMirror(
      { ...unpartitioned(fields).forward, schema: fields.schema },
      { ...columns, key: wholeKey(fields, columns) },
    ),
    'COMMIT',
  ].join(';\n')
}

/** Compares the rows; then the partitioned table takes the name, in one transaction. */
export function* exchangeCopy(given: Partitioning, keep: boolean): Course {
  const fields = yield* inItsSchema(given)
  if (yield* isPartitioned(fields)) return
  const columns = yield* columnsOf(fields)
  const { kept, forward, back } = unpartitioned(fields)
  const unchanged = yield* refuseUnlike(forward, waiting)
  yield mirrorFunction({ ...forward, schema: fields.schema }, { ...columns, key: wholeKey(fields, columns) })
  yield* compareRows(forward, columns)
  const parts = yield* partsOf(fields)
  const rest = qualifiedName({ ...inSchema(fields), name: kept })
  yield [
    'BEGIN',
    `LOCK TABLE ${tableName(fields)} IN ACCESS EXCLUSIVE MODE`,
    unchanged,
    ...dropMirror(forward),
    carryStorage(fields, { ...inSchema(fields), table: shadowBase(fields) }),
    ...handOverSequences(fields, parts, { from: fields.table, to: shadowBase(fields) }),
    underTheSameTable(fields, [
      ...renameParts(fields, parts, { from: asItIs, to: ofKept(kept) }),
      `ALTER TABLE ${tableName(fields)} RENAME TO ${quoteIdentifier(kept)}`,
      `ALTER TABLE ${shadowName(fields)} RENAME TO ${quoteIdentifier(fields.table)}`,
      ...renameParts(fields, parts, { from: waiting, to: asItIs }),
      ...settings(fields),
    ]),
    ...(keep
      ? createMirror({ ...back, schema: fields.schema }, columns, wholeKey(fields, columns))
      : [`DROP TABLE ${rest}`]),
    'COMMIT',
  ].join(';\n')
}

/** Drops a copy that has not taken the table's name, and the trigger that feeds it, in one transaction. */
export function* dropCopy(given: Partitioning): Course {
  const fields = yield* inItsSchema(given)
  yield* refusePartitioned(fields)
  yield* dropNotNullProof(fields, fields.by)
  const [made] = yield `SELECT to_regclass(${quoteLiteral(shadowName(fields))}) AS shadow`
  if (made?.['shadow'] === null) return
  yield [
    'BEGIN',
    ...dropMirror(unpartitioned(fields).forward),
    `DROP TABLE ${shadowName(fields)}`,
    'COMMIT',
  ].join(';\n')
}

/** The table that was kept has its name again, in one transaction. */
export function* returnCopy(given: Partitioning): Course {
  const fields = yield* inItsSchema(given)
  if (!(yield* isPartitioned(fields))) return
  const { kept, back } = unpartitioned(fields)
  const columns = yield* columnsOf({ ...fields, table: kept })
  const unchanged = yield* refuseUnlike(back, ofKept(kept))
  yield mirrorFunction({ ...back, schema: fields.schema }, columns, wholeKey(fields, columns))
  yield* compareRows(back, columns)
  const parts: Parts = yield* partsOf(fields)
  yield [
    'BEGIN',
    `LOCK TABLE ${tableName(fields)} IN ACCESS EXCLUSIVE MODE`,
    unchanged,
    ...dropMirror(back),
    ...handOverSequences(fields, parts, { from: fields.table, to: kept }),
    underTheSameTable(fields, [
      ...renameParts(fields, parts, { from: asItIs, to: waiting }),
      `ALTER TABLE ${tableName(fields)} RENAME TO ${quoteIdentifier(shadowBase(fields))}`,
      `ALTER TABLE ${qualifiedName({ ...inSchema(fields), name: kept })} RENAME TO ${quoteIdentifier(fields.table)}`,
      ...renameParts(fields, parts, { from: ofKept(kept), to: asItIs }),
    ]),
    `DROP TABLE ${shadowName(fields)}`,
    'COMMIT',
  ].join(';\n')
}

/** Statements that take away what was kept. */
export function dropKept(fields: Partitioning): readonly string[] {
  const { kept, back } = unpartitioned(fields)
  return [...dropMirror(back), `DROP TABLE ${qualifiedName({ ...inSchema(fields), name: kept })}`]
}

/** What an index or constraint of the table is called while it is kept. */
function ofKept(kept: string): (name: string) => string {
  return (name) => derivedName(kept, name)
}

/** The key of the partitioned table, which has the partition key too. */
function wholeKey({ by }: Partitioning, { key }: MirrorColumns): readonly string[] {
  return key.includes(by) ? key : [...key, by]
}

function* isPartitioned(fields: Partitioning): Course<boolean> {
  const [table] =
    yield `SELECT relkind FROM pg_class WHERE oid = ${regclass({ ...fields, name: fields.table })}`
  return table?.['relkind'] === 'p'
}

function* columnsOf(fields: Partitioning): Course<MirrorColumns> {
  const columns = yield* mirrorColumns({ ...inSchema(fields), table: fields.table })
  if ('obstacles' in columns) throw new NotPartitionable(fields.table, columns.obstacles)
  return columns
}
