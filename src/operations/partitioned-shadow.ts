import { columnList, derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { handOverDefault } from './default-handover.ts'
import { definitions } from './index-copy.ts'
import type { Course, Server } from './operation.ts'
import { likeOptions, type TimePartitions, timePartitions } from './partition.ts'
import { inSchema, regclass, type TableReference, tableName } from './relation.ts'
import { createStatisticsCopy, type Statistics, statisticsOf } from './statistics-copy.ts'
import { ofItsOwn } from './table-likeness.ts'
import { carryStorage, type TableStorage } from './table-storage.ts'

/** A table that is to be partitioned by time, over one of its columns. */
export type Partitioning = TimePartitions & { readonly by: string }

/** What is said of a constraint or an index by COMMENT ON. */
type Remark = { readonly on: 'CONSTRAINT' | 'INDEX'; readonly name: string; readonly text: string }
/** The primary key; `whole` where it holds the partition key already, `marks` what ALTER TABLE says of its index. */
type Key = {
  readonly name: string
  readonly columns: readonly string[]
  /** Columns that its index has beside them. */
  readonly include: readonly string[]
  readonly whole: boolean
  readonly marks: readonly ('REPLICA IDENTITY USING INDEX' | 'CLUSTER ON')[]
}
type Index = { readonly name: string; readonly unique: boolean; readonly definition: string }
type Constraint = { readonly name: string; readonly definition: string }
/** What comes along. */
export type Parts = {
  readonly key: Key | null
  readonly indexes: readonly Index[]
  readonly uniques: readonly Constraint[]
  readonly foreignKeys: readonly Constraint[]
  readonly statistics: readonly Statistics[]
  readonly remarks: readonly Remark[]
  /** Columns with a sequence, and their types. */
  readonly sequences: readonly { readonly column: string; readonly type: string }[]
}

export function* partsOf(fields: Partitioning): Course<Parts> {
  const relation = regclass({ ...fields, name: fields.table })
  const keys =
    yield `SELECT conname AS name, to_json(ARRAY(SELECT attname FROM unnest(conkey) WITH ORDINALITY k (number, n)
    JOIN pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY n)) AS columns, to_json(ARRAY(
    SELECT attname FROM unnest(indkey[indnkeyatts:]) WITH ORDINALITY k (number, n)
    JOIN pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY n)) AS include, indisreplident AS identity, indisclustered AS clustered
  FROM pg_constraint JOIN pg_index ON indexrelid = conindid WHERE conrelid = ${relation} AND contype = 'p'`
  const indexes = yield `SELECT c.relname AS name, i.indisunique AS "unique", i.definition
  FROM ${definitions(relation)} i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indisvalid AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u'))
    AND c.relname <> ALL (ARRAY[${keys.map((row) => quoteLiteral(keyIndexName(String(row['name'])))).join(', ')}]::text[])
  ORDER BY c.relname`
  const constraints =
    yield `SELECT conname AS name, contype AS type, pg_get_constraintdef(oid) AS definition FROM pg_constraint k
  WHERE conrelid = ${relation} AND contype IN ('u', 'f') AND ${ofItsOwn('k')} ORDER BY conname`
  const statistics = yield* statisticsOf(fields)
  const remarks =
    yield `SELECT 'CONSTRAINT' AS on, conname AS name, obj_description(oid, 'pg_constraint') AS text FROM pg_constraint k
  WHERE conrelid = ${relation} AND contype IN ('p', 'u', 'f') AND ${ofItsOwn('k')} AND obj_description(oid, 'pg_constraint') IS NOT NULL
  UNION ALL SELECT 'INDEX', relname, obj_description(indexrelid, 'pg_class') FROM pg_index JOIN pg_class c ON c.oid = indexrelid
  WHERE indrelid = ${relation} AND obj_description(indexrelid, 'pg_class') IS NOT NULL ORDER BY name`
  const sequences =
    yield `SELECT attname AS column, format_type(atttypid, atttypmod) AS type FROM pg_attribute
  WHERE attrelid = ${relation} AND attnum > 0 AND NOT attisdropped
    AND pg_get_serial_sequence(${quoteLiteral(tableName(fields))}, attname) IS NOT NULL`
  const [key = null] = keys.map((row): Key => {
    const columns = row['columns'] as readonly string[]
    const identity = row['identity'] === true ? (['REPLICA IDENTITY USING INDEX'] as const) : []
    const clustered = row['clustered'] === true ? (['CLUSTER ON'] as const) : []
    return {
      name: String(row['name']),
      columns,
      include: row['include'] as readonly string[],
      whole: columns.includes(fields.by),
      marks: [...identity, ...clustered],
    }
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
    statistics,
    remarks: remarks.map((row) => ({
      on: row['on'] as Remark['on'],
      name: String(row['name']),
      text: String(row['text']),
    })),
    sequences: sequences.map((row) => ({ column: String(row['column']), type: String(row['type']) })),
  }
}

/** Statements that make the partitioned table, with its partitions, under a name of its own. */
export function createShadow(
  fields: Partitioning,
  server: Server,
  parts: Parts & { readonly storage: TableStorage },
): readonly string[] {
  const shadow = shadowName(fields)
  const add = (name: string, definition: string) =>
    `ALTER TABLE ${shadow} ADD CONSTRAINT ${quoteIdentifier(name)} ${definition}`
  const { key, storage } = parts
  const isForeignKey = (name: string) => parts.foreignKeys.some((one) => one.name === name)
  return [
    `CREATE TABLE ${shadow} (LIKE ${tableName(fields)} ${likeOptions(server)} INCLUDING COMMENTS)
  PARTITION BY RANGE (${quoteIdentifier(fields.by)})`,
    ...(key === null ? [] : [add(waiting(key.name), `PRIMARY KEY ${wholeKeyColumns(fields, key)}`)]),
    ...parts.uniques.map(({ name, definition }) => add(waiting(name), definition)),
    ...parts.indexes.map(
      ({ name, unique, definition }) =>
        `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoteIdentifier(waiting(name))} ON ${shadow} ${definition}`,
    ),
    ...parts.statistics.flatMap((statistics) =>
      createStatisticsCopy(
        statistics,
        { ...inSchema(fields), table: shadowBase(fields) },
        waiting(statistics.name),
      ),
    ),
    ...parts.foreignKeys.map(({ name, definition }) => add(name, definition.replace(/ NOT VALID$/, ''))),
    ...parts.remarks.map(({ on, name, text }) =>
      on === 'INDEX'
        ? `COMMENT ON INDEX ${inSchemaOf(fields, waiting(name))} IS ${quoteLiteral(text)}`
        : `COMMENT ON CONSTRAINT ${quoteIdentifier(isForeignKey(name) ? name : waiting(name))} ON ${shadow} IS ${quoteLiteral(text)}`,
    ),
    ...timePartitions(fields).flatMap((partition) => {
      const name = qualifiedName(partition)
      return [
        `CREATE ${storage.persistence}TABLE ${name} (LIKE ${shadow} ${likeOptions(server)}) ${storage.place}`,
        `ALTER TABLE ${shadow} ATTACH PARTITION ${name} ${partition.bound}`,
      ]
    }),
    carryStorage(fields, { ...inSchema(fields), table: shadowBase(fields) }),
  ]
}

/** The columns of the primary key with the partition key, as they follow PRIMARY KEY or the name of the table in CREATE INDEX. */
export function wholeKeyColumns({ by }: Partitioning, { columns, include, whole }: Key): string {
  const beside = include.filter((name) => name !== by)
  const rest = beside.length === 0 ? '' : ` INCLUDE ${columnList(beside)}`
  return columnList(whole ? columns : [...columns, by]) + rest
}

/** Statements that give the constraints, indexes and statistics of the table other names: both are made from those in `parts`. */
export function renameParts(
  fields: Partitioning,
  { key, uniques, indexes, statistics }: Parts,
  { from, to }: { readonly from: (name: string) => string; readonly to: (name: string) => string },
): readonly string[] {
  const constraints = [...(key === null ? [] : [key]), ...uniques]
  return [
    ...constraints.map(
      ({ name }) =>
        `ALTER TABLE ${tableName(fields)} RENAME CONSTRAINT ${quoteIdentifier(from(name))} TO ${quoteIdentifier(to(name))}`,
    ),
    ...indexes.map(
      ({ name }) => `ALTER INDEX ${inSchemaOf(fields, from(name))} RENAME TO ${quoteIdentifier(to(name))}`,
    ),
    ...statistics.map(
      ({ schema, name }) =>
        `ALTER STATISTICS ${qualifiedName({ schema, name: from(name) })} RENAME TO ${quoteIdentifier(to(name))}`,
    ),
  ]
}

export function asItIs(name: string): string {
  return name
}

/** The sequences belong to the table that takes the other's place, and first it to their owner. */
export function handOverSequences(
  fields: Partitioning,
  { sequences }: Parts,
  { from, to }: { readonly from: string; readonly to: string },
): readonly string[] {
  if (sequences.length === 0) return []
  return [
    doBlock(`
BEGIN
  EXECUTE ${quoteLiteral(`ALTER TABLE ${inSchemaOf(fields, to)} OWNER TO `)} || (
    SELECT quote_ident(pg_get_userbyid(relowner)) FROM pg_class WHERE oid = ${regclass({ ...fields, name: from })});
END`),
    ...sequences.map(({ column, type }) =>
      handOverDefault(
        { ...inSchema(fields), table: from, column },
        { ...inSchema(fields), table: to, column, type },
      ),
    ),
  ]
}

/** Owner, comment, row security and privileges: PL/pgSQL, in which `relation` is the table that was. */
export function settings(fields: TableReference): readonly string[] {
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

export function shadowBase({ table }: Partitioning): string {
  return derivedName('limbeck_partitioned', table)
}

export function shadowName(fields: Partitioning): string {
  return inSchemaOf(fields, shadowBase(fields))
}

/** The index that holds the primary key's columns and the partition key, until it stands behind the key. */
export function keyIndexName(key: string): string {
  return derivedName('limbeck_partitioned', key)
}

/** What an index or a constraint of the partitioned table is called until it gets the name of the one that it replaces. */
export function waiting(name: string): string {
  return derivedName('limbeck_waiting', name)
}

export function inSchemaOf(fields: Partitioning, name: string): string {
  return qualifiedName({ ...inSchema(fields), name })
}
