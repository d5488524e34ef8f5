import { derivedName } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import type { ColumnType } from './column-definition.ts'
import { contractColumn } from './contract.ts'
import { expandColumn, retractColumn } from './expand.ts'
import { createSync } from './expand-sync.ts'
import { refuseApart, refuseUnexpanded } from './expanded.ts'
import { isApart, type Recasting, titleOf } from './expansion.ts'
import { type Lock, type Operation, operation, type Procedure, statement } from './operation.ts'
import { inSchema, lockOn, regclass, type TableReference, tableName } from './relation.ts'

export type KeyColumn = TableReference & { readonly column: string }

/** A key that gets a wider type, with all that refer to it. */
export type ExpandKey = KeyColumn & {
  /** `bigint`, mostly, for an `integer` that comes to its end. */
  readonly type: ColumnType
  /** Every column that refers to it by a foreign key; one that is left out is an error that names it. */
  readonly references?: readonly KeyColumn[]
}

/**
 * The first half of giving a key another type under traffic, as `integer` to `bigint`: for the key and for each column that
 * refers to it, what `expandColumn` does. Nobody uses the new columns before `contractKey`, so one application lives
 * through all of it. https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT
 */
export const expandKey: Operation<'expandKey', ExpandKey> = operation('expandKey', {
  title: (fields) => `expand key ${fields.table}.${fields.column} to ${fields.type}`,
  steps: (fields, server) => [
    { ...statement(refuseUnnamed(fields), 'own'), undo: [] },
    ...columnsOf(fields).flatMap((column) => expandColumn.definition.steps(column, server)),
  ],
  inverse: (fields) => [retractKey(fields)],
  locks: keyLocks,
  examples: [
    {
      given: `CREATE TABLE users (id serial PRIMARY KEY);
        CREATE TABLE posts (id bigint PRIMARY KEY, author int NOT NULL REFERENCES users ON DELETE CASCADE);
        INSERT INTO users DEFAULT VALUES; INSERT INTO posts VALUES (1, 1)`,
      fields: {
        table: 'users',
        column: 'id',
        type: 'bigint',
        references: [{ table: 'posts', column: 'author' }],
      },
    },
  ],
})

/**
 * Takes `expandKey` back: the new columns go, and nothing is lost.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const retractKey: Operation<'retractKey', ExpandKey> = operation('retractKey', {
  title: (fields) => `retract key ${fields.table}.${fields.column} from ${fields.type}`,
  steps: (fields, server) =>
    columnsOf(fields)
      .toReversed()
      .flatMap((column) => retractColumn.definition.steps(column, server)),
  inverse: (fields) => [expandKey(fields)],
  phase: () => 'contract',
  locks: keyLocks,
  examples: [
    {
      given: `CREATE TABLE users (id int NOT NULL, email text PRIMARY KEY, id_new bigint NOT NULL);
        ${usersSync()}`,
      fields: { table: 'users', column: 'id', type: 'bigint' },
    },
  ],
})

/**
 * The second half: in one short transaction for each table, the referring ones first, the new column takes the old one's
 * name, with keys, sequence or identity, indexes, and the views that use it. The sequence is of the new type too, or it
 * would end where the old type ends. https://www.postgresql.org/docs/current/sql-altersequence.html
 */
export const contractKey: Operation<'contractKey', ExpandKey> = operation('contractKey', {
  title: (fields) => `contract key ${fields.table}.${fields.column} to ${fields.type}`,
  steps: (fields, server) => [
    lookFirst(fields),
    ...columnsOf(fields)
      .toReversed()
      .flatMap((column) => contractColumn.definition.steps({ ...column, as: column.from }, server)),
  ],
  inverse: (fields) => ({
    irreversible: `The values of ${fields.table}.${fields.column} may be more than its old type holds.`,
  }),
  phase: () => 'contract',
  locks: keyLocks,
  examples: [
    {
      given: `CREATE TABLE users (id int PRIMARY KEY, id_new bigint NOT NULL);
        CREATE UNIQUE INDEX users_pkey_id_new ON users (id_new);
        ${usersSync()}`,
      fields: { table: 'users', column: 'id', type: 'bigint' },
    },
  ],
})

/** No column is contracted while another one, or one of another table, is not ready for it. */
function lookFirst(fields: ExpandKey): Procedure {
  const columns = columnsOf(fields).toReversed()
  return {
    run: 'procedure',
    title: `look whether ${columns.map(titleOf).join(', ')} agree`,
    preview: columns.map(
      (column) =>
        `-- refused while this gives a row: SELECT FROM ${tableName(column)} WHERE ${isApart(column)}`,
    ),
    offline: [],
    guard: () => refuseUnexpanded(columns),
    steps: () => refuseApart(columns),
  }
}

type KeyExpansion = TableReference & Recasting

/** The key, then the columns that refer to it. */
function columnsOf({ references = [], type, ...key }: ExpandKey): readonly KeyExpansion[] {
  return [key, ...references].map(({ table, column, ...schema }) => ({
    ...inSchema(schema),
    table,
    from: column,
    to: { name: derivedName(column, 'new'), type },
  }))
}

function keyLocks(fields: ExpandKey): readonly Lock[] {
  return columnsOf(fields).map((column) => lockOn(column, 'AccessExclusive'))
}

function refuseUnnamed({ references = [], ...key }: ExpandKey): string {
  const named = references.map(
    ({ column, ...table }) =>
      `(conrelid = ${regclass({ ...table, name: table.table })} AND attname = ${quoteLiteral(column)})`,
  )
  const relation = regclass({ ...key, name: key.table })
  return doBlock(`
DECLARE
  unnamed text := (
    SELECT string_agg(format('%s.%I', conrelid::regclass, attname), ', ' ORDER BY conrelid, attname)
    FROM pg_constraint
    CROSS JOIN LATERAL unnest(conkey, confkey) AS pair (referring, referred)
    JOIN pg_attribute ON attrelid = conrelid AND attnum = referring
    WHERE contype = 'f' AND conparentid = 0 AND confrelid = ${relation} AND referred = (
        SELECT attnum FROM pg_attribute WHERE attrelid = ${relation} AND attname = ${quoteLiteral(key.column)})
      AND NOT (${['false', ...named].join(' OR ')}));
BEGIN
  IF unnamed IS NOT NULL THEN
    RAISE EXCEPTION '% refer to %.% too', unnamed, ${quoteLiteral(key.table)}, ${quoteLiteral(key.column)}
      USING ERRCODE = 'feature_not_supported', HINT = 'Name them in "references": they have to hold what the key holds.';
  END IF;
END`)
}

/** What `expandKey` has made of users.id, as text. */
function usersSync(): string {
  return columnsOf({ table: 'users', column: 'id', type: 'bigint' }).flatMap(createSync).join(';\n')
}
