import { LimbeckError } from '../error.ts'
import { columnList, derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { handOverDefault } from './default-handover.ts'
import { buildConcurrently } from './index-build.ts'
import { definitions } from './index-copy.ts'
import { underTheSameTable } from './name-swap.ts'
import { setNotNullCourse } from './not-null-course.ts'
import type { Course, Server } from './operation.ts'
import { likeOptions, timePartitions, utc } from './partition.ts'
import { boundary } from './partition-interval.ts'
import type { PartitionTable } from './partition-table.ts'
import { inSchema, regclass, tableName } from './relation.ts'

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

/** What the table is called as a partition. */
export function restName(fields: PartitionTable): string {
  return fields.rest ?? derivedName(fields.table, 'before', fields.from.replaceAll('-', '_'))
}

export function* partitionGuard(fields: PartitionTable): Course {
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
  WHERE indrelid = ${relation} AND indisunique AND NOT indisprimary AND ${number} <> ALL (indkey)
UNION ALL SELECT format('the publication %I publishes it', pubname) FROM pg_publication_rel JOIN pg_publication p ON p.oid = prpubid
  WHERE prrelid = ${relation}
) found (obstacle)`
  if (rows.length > 0)
    throw new NotPartitionable(
      fields.table,
      rows.map((row) => String(row['obstacle'])),
    )
}

/** Each part of it finds out whether it is done, so that it may be run again. */
export function* partitionCourse(fields: PartitionTable, server: Server): Course {
  const [table] =
    yield `SELECT relkind FROM pg_class WHERE oid = ${regclass({ ...fields, name: fields.table })}`
  if (table?.['relkind'] === 'p') return
  yield* setNotNullCourse(fields, fields.by)
  const parts = yield* partsOf(fields)
  const [made] = yield `SELECT to_regclass(${quoteLiteral(shadowName(fields))}) AS shadow`
  if (made?.['shadow'] === null) yield createShadow(fields, server, parts)
  yield* prove(fields)
  const { key } = parts
  if (key !== null && !key.whole)
    yield* buildConcurrently(
      { ...fields, name: keyIndexName(key.name) },
      `CREATE UNIQUE INDEX CONCURRENTLY ${quoteIdentifier(keyIndexName(key.name))} ON ${tableName(fields)} ${columnList([...key.columns, fields.by])}`,
    )
  yield exchange(fields, parts)
}

/** The primary key; `whole` where it holds the partition key already. */
type Key = { readonly name: string; readonly columns: readonly string[]; readonly whole: boolean }
type Index = { readonly name: string; readonly unique: boolean; readonly definition: string }
type Constraint = { readonly name: string; readonly definition: string }
type Parts = {
  readonly key: Key | null
  readonly indexes: readonly Index[]
  readonly uniques: readonly Constraint[]
  readonly foreignKeys: readonly Constraint[]
  /** Columns with a sequence, and their types. */
  readonly sequences: readonly { readonly column: string; readonly type: string }[]
}

function* partsOf(fields: PartitionTable): Course<Parts> {
  const relation = regclass({ ...fields, name: fields.table })
  const keys =
    yield `SELECT conname AS name, to_json(ARRAY(SELECT attname FROM unnest(conkey) WITH ORDINALITY k (number, n)
    JOIN pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY n)) AS columns
  FROM pg_constraint WHERE conrelid = ${relation} AND contype = 'p'`
  const indexes = yield `SELECT c.relname AS name, i.indisunique AS "unique", i.definition
  FROM ${definitions(relation)} i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indisvalid AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u'))
    AND c.relname <> ALL (ARRAY[${keys.map((row) => quoteLiteral(keyIndexName(String(row['name'])))).join(', ')}]::text[])
  ORDER BY c.relname`
  const constraints =
    yield `SELECT conname AS name, contype AS type, pg_get_constraintdef(oid) AS definition FROM pg_constraint
  WHERE conrelid = ${relation} AND contype IN ('u', 'f') ORDER BY conname`
  const sequences =
    yield `SELECT attname AS column, format_type(atttypid, atttypmod) AS type FROM pg_attribute
  WHERE attrelid = ${relation} AND attnum > 0 AND NOT attisdropped
    AND pg_get_serial_sequence(${quoteLiteral(tableName(fields))}, attname) IS NOT NULL`
  const [key = null] = keys.map((row) => {
    const columns = row['columns'] as readonly string[]
    return { name: String(row['name']), columns, whole: columns.includes(fields.by) }
  })
  const ofType = (type: string) =>
    constraints
      .filter((row) => row['type'] === type)
      .map((row) => ({ name: String(row['name']), definition: String(row['definition']) }))
  return {
    key,
    indexes: indexes.map((row) => ({
      name: String(row['name']),
      unique: row['unique'] === true,
      definition: String(row['definition']),
    })),
    uniques: ofType('u'),
    foreignKeys: ofType('f'),
    sequences: sequences.map((row) => ({ column: String(row['column']), type: String(row['type']) })),
  }
}

/** The partitioned table, with its partitions, under a name of its own. */
function createShadow(fields: PartitionTable, server: Server, parts: Parts): string {
  const shadow = shadowName(fields)
  const add = (name: string, definition: string) =>
    `ALTER TABLE ${shadow} ADD CONSTRAINT ${quoteIdentifier(name)} ${definition}`
  const { key } = parts
  const columns = key === null ? [] : [...key.columns, ...(key.whole ? [] : [fields.by])]
  return [
    'BEGIN',
    `CREATE TABLE ${shadow} (LIKE ${tableName(fields)} ${likeOptions(server)} INCLUDING COMMENTS INCLUDING STATISTICS)
  PARTITION BY RANGE (${quoteIdentifier(fields.by)})`,
    ...(key === null ? [] : [add(waiting(key.name), `PRIMARY KEY ${columnList(columns)}`)]),
    ...parts.uniques.map(({ name, definition }) => add(waiting(name), definition)),
    ...parts.indexes.map(
      ({ name, unique, definition }) =>
        `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoteIdentifier(waiting(name))} ON ${shadow} ${definition}`,
    ),
    ...parts.foreignKeys.map(({ name, definition }) => add(name, definition.replace(/ NOT VALID$/, ''))),
    ...timePartitions(fields).flatMap((partition) => {
      const name = qualifiedName(partition)
      return [
        `CREATE TABLE ${name} (LIKE ${shadow} ${likeOptions(server)})`,
        `ALTER TABLE ${shadow} ATTACH PARTITION ${name} ${partition.bound}`,
      ]
    }),
    'COMMIT',
  ].join(';\n')
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
    ...parts.sequences.map(({ column, type }) =>
      handOverDefault(
        { ...fields, column },
        { ...inSchema(fields), table: shadowBase(fields), column, type },
      ),
    ),
    underTheSameTable(fields, [
      ...restNames(fields, parts),
      `ALTER TABLE ${table} RENAME TO ${quoteIdentifier(restName(fields))}`,
      `ALTER TABLE ${shadowName(fields)} RENAME TO ${quoteIdentifier(fields.table)}`,
      ...lastingNames(fields, parts),
      `ALTER TABLE ${table} ATTACH PARTITION ${rest} FOR VALUES FROM (MINVALUE) TO (${border(fields)})`,
      `ALTER TABLE ${rest} DROP CONSTRAINT ${quoteIdentifier(proofName(fields))}`,
      ...settings(fields),
    ]),
    'COMMIT',
  ].join(';\n')
}

/** The table that was gives its names away, and its key gets the partition key. */
function restNames(fields: PartitionTable, { key, uniques, indexes }: Parts): readonly string[] {
  const table = tableName(fields)
  const own = (name: string) => quoteIdentifier(derivedName(restName(fields), name))
  const rename = (name: string) =>
    `ALTER TABLE ${table} RENAME CONSTRAINT ${quoteIdentifier(name)} TO ${own(name)}`
  return [
    ...(key === null
      ? []
      : key.whole
        ? [rename(key.name)]
        : [
            `ALTER TABLE ${table} DROP CONSTRAINT ${quoteIdentifier(key.name)}`,
            `ALTER TABLE ${table} ADD CONSTRAINT ${own(key.name)} PRIMARY KEY USING INDEX ${quoteIdentifier(keyIndexName(key.name))}`,
          ]),
    ...uniques.map(({ name }) => rename(name)),
    ...indexes.map(({ name }) => `ALTER INDEX ${inSchemaOf(fields, name)} RENAME TO ${own(name)}`),
  ]
}

function lastingNames(fields: PartitionTable, { key, uniques, indexes }: Parts): readonly string[] {
  const constraints = [...(key === null ? [] : [key]), ...uniques]
  return [
    ...constraints.map(
      ({ name }) =>
        `ALTER TABLE ${tableName(fields)} RENAME CONSTRAINT ${quoteIdentifier(waiting(name))} TO ${quoteIdentifier(name)}`,
    ),
    ...indexes.map(
      ({ name }) => `ALTER INDEX ${inSchemaOf(fields, waiting(name))} RENAME TO ${quoteIdentifier(name)}`,
    ),
  ]
}

/** Owner, comment, row security and privileges: PL/pgSQL, in which `relation` is the table that was. */
function settings(fields: PartitionTable): readonly string[] {
  const table = tableName(fields)
  const name = quoteLiteral(table)
  const grantee = `CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
        || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`
  return [
    `FOR command IN
    SELECT format('ALTER TABLE %s OWNER TO %I', t.relid, pg_get_userbyid(relowner)) FROM pg_class
    CROSS JOIN pg_partition_tree(${name}) t WHERE oid = relation
    UNION ALL SELECT format('COMMENT ON TABLE %s IS %L', ${name}, obj_description(relation, 'pg_class'))
    UNION ALL SELECT format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', ${name}) FROM pg_class WHERE oid = relation AND relrowsecurity
    UNION ALL SELECT format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', ${name}) FROM pg_class WHERE oid = relation AND relforcerowsecurity
    UNION ALL SELECT format('REVOKE ALL ON %s FROM %s', ${name}, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END)
    FROM pg_class CROSS JOIN aclexplode(relacl) WHERE oid = ${regclass({ ...fields, name: fields.table })} AND grantee <> relowner
    UNION ALL SELECT format('GRANT %s ON %s TO %s', privilege_type, ${name}, ${grantee})
    FROM pg_class CROSS JOIN aclexplode(relacl) WHERE oid = relation
    UNION ALL SELECT format('GRANT %s (%I) ON %s TO %s', privilege_type, attname, ${name}, ${grantee})
    FROM pg_attribute CROSS JOIN aclexplode(attacl) WHERE attrelid = relation
  LOOP
    EXECUTE command;
  END LOOP`,
  ]
}

function border(fields: PartitionTable): string {
  return quoteLiteral(utc(boundary(fields.from, fields.every)))
}

function shadowBase({ table }: PartitionTable): string {
  return derivedName('limbeck_partitioned', table)
}

function shadowName(fields: PartitionTable): string {
  return inSchemaOf(fields, shadowBase(fields))
}

function proofName({ table, by }: PartitionTable): string {
  return derivedName(table, by, 'partition_proof')
}

/** The index that holds the primary key's columns and the partition key, until it stands behind the key. */
function keyIndexName(key: string): string {
  return derivedName('limbeck_partitioned', key)
}

/** What an index or a constraint of the partitioned table is called until it gets the name of the one that it replaces. */
function waiting(name: string): string {
  return derivedName('limbeck_waiting', name)
}

function inSchemaOf(fields: PartitionTable, name: string): string {
  return qualifiedName({ ...inSchema(fields), name })
}
