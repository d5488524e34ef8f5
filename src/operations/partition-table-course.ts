import { LimbeckError } from '../error.ts'
import { derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { buildConcurrently } from './index-build.ts'
import { underTheSameTable } from './name-swap.ts'
import { dropNotNullProof, notNullProof, setNotNullCourse } from './not-null-course.ts'
import type { Course, Server } from './operation.ts'
import { utc } from './partition.ts'
import { boundary } from './partition-interval.ts'
import type { PartitionTable } from './partition-table.ts'
import {
  asItIs,
  createShadow,
  handOverSequences,
  keyIndexName,
  type Partitioning,
  type Parts,
  partsOf,
  renameParts,
  settings,
  shadowBase,
  shadowName,
  waiting,
  wholeKeyColumns,
} from './partitioned-shadow.ts'
import { inSchema, regclass, tableName } from './relation.ts'
import { inItsSchema } from './table-mirror.ts'
import { storageOf } from './table-storage.ts'

/** Something that a partitioned table cannot have, or that does not come along. */
export class NotPartitionable extends LimbeckError {
  readonly code = 'NOT_PARTITIONABLE'
  readonly table: string
  readonly obstacles: readonly string[]

  constructor(table: string, obstacles: readonly string[]) {
    super(`${table} cannot be partitioned as it is: ${obstacles.join('; ')}.`, {
      hint: 'Change or drop these first. A unique index of a partitioned table has to hold the partition key.',
    })
    this.table = table
    this.obstacles = obstacles
  }
}

/** A change that is to be taken back has come past the point from which only its end can be reached. */
export class PartitionedAlready extends LimbeckError {
  readonly code = 'PARTITIONED_ALREADY'
  readonly table: string

  constructor(table: string) {
    super(`${table} is partitioned already: the change cannot be taken back half way.`, {
      hint: 'Bring it to its end with "limbeck upgrade"; a downgrade undoes it then, where it can be undone.',
    })
    this.table = table
  }
}

/** What the table is called as a partition. */
export function restName(fields: PartitionTable): string {
  return fields.rest ?? derivedName(fields.table, 'before', fields.from.replaceAll('-', '_'))
}

export function* partitionGuard(fields: Partitioning): Course {
  const relation = regclass({ ...fields, name: fields.table })
  const number = `(SELECT attnum FROM pg_attribute WHERE attrelid = ${relation} AND attname = ${quoteLiteral(fields.by)} AND NOT attisdropped)`
  const rows = yield `SELECT obstacle FROM (
SELECT 'it is partitioned already, or no table' FROM pg_class WHERE oid = ${relation} AND relkind <> 'r'
UNION ALL SELECT 'it has no column ' || ${quoteLiteral(fields.by)} WHERE ${number} IS NULL
UNION ALL SELECT 'it inherits, or is inherited from' WHERE EXISTS (SELECT 1 FROM pg_inherits WHERE ${relation} IN (inhrelid, inhparent))
UNION ALL SELECT format('the foreign key %I of %s refers to it', conname, conrelid::regclass) FROM pg_constraint
  WHERE contype = 'f' AND confrelid = ${relation}
UNION ALL SELECT format('the exclusion %I', conname) FROM pg_constraint WHERE contype = 'x' AND conrelid = ${relation}
UNION ALL SELECT format('the unique index %s is without %I', indexrelid::regclass, ${quoteLiteral(fields.by)}) FROM pg_index
  WHERE indrelid = ${relation} AND indisunique AND NOT indisprimary AND ${number} <> ALL (indkey[0:indnkeyatts - 1])
UNION ALL SELECT format('the primary key %I is deferrable', conname) FROM pg_constraint WHERE contype = 'p' AND condeferrable AND conrelid = ${relation}
UNION ALL SELECT format('the constraint %I is not valid', conname) FROM pg_constraint WHERE conrelid = ${relation} AND NOT convalidated
  AND conname NOT IN (${[proofName(fields), notNullProof(fields, fields.by)].map(quoteLiteral).join(', ')})
UNION ALL SELECT format('the publication %I publishes it', pubname) FROM pg_publication_tables
  WHERE format('%I.%I', schemaname, tablename)::regclass = ${relation}
) found (obstacle)`
  if (rows.length > 0)
    throw new NotPartitionable(
      fields.table,
      rows.map((row) => String(row['obstacle'])),
    )
}

/** Each part of it finds out whether it is done, so that it may be run again. */
export function* partitionCourse(given: PartitionTable, server: Server): Course {
  const fields = yield* inItsSchema(given)
  const [table] =
    yield `SELECT relkind FROM pg_class WHERE oid = ${regclass({ ...fields, name: fields.table })}`
  if (table?.['relkind'] === 'p') return
  yield* setNotNullCourse(fields, fields.by)
  const parts = { ...(yield* partsOf(fields)), storage: yield* storageOf(fields) }
  const [made] = yield `SELECT to_regclass(${quoteLiteral(shadowName(fields))}) AS shadow`
  if (made?.['shadow'] === null) yield ['BEGIN', ...createShadow(fields, server, parts), 'COMMIT'].join(';\n')
  yield* prove(fields)
  const { key } = parts
  if (key !== null && !key.whole)
    yield* buildConcurrently(
      { ...fields, name: keyIndexName(key.name) },
      `CREATE UNIQUE INDEX CONCURRENTLY ${quoteIdentifier(keyIndexName(key.name))} ON ${tableName(fields)} ${wholeKeyColumns(fields, key)}`,
    )
  yield exchange(fields, parts)
}

/** Once the names are exchanged, the way back is that of the whole change. */
export function* refusePartitioned(fields: Partitioning): Course {
  const [table] =
    yield `SELECT relkind FROM pg_class WHERE oid = ${regclass({ ...fields, name: fields.table })}`
  if (table?.['relkind'] === 'p') throw new PartitionedAlready(fields.table)
}

/** Drops what was made for an exchange that did not come. */
export function* dropPreparation(given: PartitionTable): Course {
  const fields = yield* inItsSchema(given)
  yield* refusePartitioned(fields)
  yield `DROP TABLE IF EXISTS ${shadowName(fields)}`
  yield* dropNotNullProof(fields, fields.by)
  yield `ALTER TABLE ${tableName(fields)} DROP CONSTRAINT IF EXISTS ${quoteIdentifier(proofName(fields))}`
  const { key } = yield* partsOf(fields)
  if (key === null || key.whole) return
  const index = qualifiedName({ ...inSchema(fields), name: keyIndexName(key.name) })
  yield { patiently: `DROP INDEX CONCURRENTLY IF EXISTS ${index}` }
}

/** A valid check by which PostgreSQL knows, when it attaches, that it need not look at the rows. */
function* prove(fields: PartitionTable): Course {
  const alter = `ALTER TABLE ${tableName(fields)}`
  const proof = proofName(fields)
  const [found] =
    yield `SELECT 1 FROM pg_constraint WHERE conrelid = ${regclass({ ...fields, name: fields.table })} AND conname = ${quoteLiteral(proof)}`
  if (found === undefined)
    yield `${alter} ADD CONSTRAINT ${quoteIdentifier(proof)} CHECK (${quoteIdentifier(fields.by)} < ${border(fields)}) NOT VALID`
  yield `${alter} VALIDATE CONSTRAINT ${quoteIdentifier(proof)}`
}

/** The one transaction that keeps everybody out, for as long as the catalog takes. */
function exchange(fields: PartitionTable, parts: Parts): string {
  const table = tableName(fields)
  const rest = qualifiedName({ ...inSchema(fields), name: restName(fields) })
  return [
    'BEGIN',
    `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`,
    ...handOverSequences(fields, parts, { from: fields.table, to: shadowBase(fields) }),
    underTheSameTable(fields, [
      ...restNames(fields, parts),
      `ALTER TABLE ${table} RENAME TO ${quoteIdentifier(restName(fields))}`,
      `ALTER TABLE ${shadowName(fields)} RENAME TO ${quoteIdentifier(fields.table)}`,
      ...renameParts(fields, parts, { from: waiting, to: asItIs }),
      `ALTER TABLE ${table} ATTACH PARTITION ${rest} FOR VALUES FROM (MINVALUE) TO (${border(fields)})`,
      `ALTER TABLE ${rest} DROP CONSTRAINT ${quoteIdentifier(proofName(fields))}`,
      ...settings(fields),
    ]),
    'COMMIT',
  ].join(';\n')
}

/** The table that was gives its names away, and its key gets the partition key. */
function restNames(fields: PartitionTable, parts: Parts): readonly string[] {
  const { key } = parts
  const table = tableName(fields)
  const own = (name: string) => derivedName(restName(fields), name)
  const renamed = { from: asItIs, to: own }
  if (key === null || key.whole) return renameParts(fields, parts, renamed)
  return [
    `ALTER TABLE ${table} DROP CONSTRAINT ${quoteIdentifier(key.name)}`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${quoteIdentifier(own(key.name))} PRIMARY KEY USING INDEX ${quoteIdentifier(keyIndexName(key.name))}`,
    ...key.marks.map((mark) => `ALTER TABLE ${table} ${mark} ${quoteIdentifier(own(key.name))}`),
    ...renameParts(fields, { ...parts, key: null }, renamed),
  ]
}

function border(fields: PartitionTable): string {
  return quoteLiteral(utc(boundary(fields.from, fields.every)))
}

function proofName({ table, by }: Partitioning): string {
  return derivedName(table, by, 'partition_proof')
}
