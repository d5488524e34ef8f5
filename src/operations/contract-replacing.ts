import { LimbeckError } from '../error.ts'
import { derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { defaultExpression } from './column-definition.ts'
import { type ConstraintCopy, constraintCopies } from './constraint-copy.ts'
import { handOverDefault } from './default-handover.ts'
import { createFeed, createSync, dropSync } from './expand-sync.ts'
import { type Expansion, newColumns, newNames, oldNames, sameValue } from './expansion.ts'
import { type ColumnPair, copyName, type IndexCopy, indexCopies } from './index-copy.ts'
import { notNullColumns, rememberedNotNull, rememberNotNull } from './kept-not-null.ts'
import { dropColumnsSql, renameColumnSql, transaction, underTheSameName } from './name-swap.ts'
import type { Course } from './operation.ts'
import { inSchema, regclass, tableName } from './relation.ts'

/** A column of a key, or one with a sequence, cannot be kept beside the one that has taken its place. */
export class ColumnNotKept extends LimbeckError {
  readonly code = 'COLUMN_NOT_KEPT'
  readonly column: string
  readonly reason: string

  constructor(column: string, reason: string) {
    super(`The column ${column} cannot be kept beside the new one: ${reason}.`, {
      hint: 'Contract without "keep".',
    })
    this.column = column
    this.reason = reason
  }
}

/** How a replacement ends. */
export type Ending = {
  readonly expansion: Expansion
  /** The name that the new column takes. */
  readonly as: string | undefined
}

/** What hangs on an old column and has been made for the new one too. */
type Copies = {
  readonly indexes: readonly IndexCopy[]
  readonly constraints: readonly ConstraintCopy[]
  /** The NOT NULL of both, which has a name from PostgreSQL 18 on. */
  readonly notNull: readonly Names[]
}

/** The name of an original and that of its copy. */
type Names = { readonly original: string; readonly name: string }

/** The new columns take the place of the old ones, which go; where it is the same value, with its keys and its sequence. */
export function* endReplacing({ expansion, as }: Ending): Course {
  const copies = yield* copiesOf(expansion)
  const renamed = renamings(expansion, as)
  yield transaction(expansion, [
    ...dropSync(expansion),
    ...copies.constraints.filter(({ incoming }) => incoming).map(dropConstraint),
    ...handOver(expansion),
    ...inPlace({ expansion, as }, [
      ...primaryKey(expansion, copies),
      dropColumnsSql(expansion, oldNames(expansion)),
      ...(as === undefined ? [] : newNames(expansion).map((name) => renameColumnSql(expansion, name, as))),
    ]),
    ...(as === undefined || !(as in renamed) ? [] : takeNames(expansion, copies)),
  ])
}

/** The same, but the old columns stay, and are fed. */
export function* keepReplacing({ expansion, as }: Ending): Course {
  const copies = yield* copiesOf(expansion)
  yield* refuseKeys(expansion, copies)
  const notNull = yield* notNullColumns(expansion)
  const renamed = renamings(expansion, as)
  const alter = `ALTER TABLE ${tableName(expansion)} ALTER COLUMN`
  yield transaction(expansion, [
    ...dropSync(expansion),
    ...handOver(expansion),
    ...notNull.map((name) => `${alter} ${quoteIdentifier(name)} DROP NOT NULL`),
    ...inPlace(
      { expansion, as },
      Object.entries(renamed).map(([from, to]) => renameColumnSql(expansion, from, to)),
    ),
    ...(as === undefined
      ? []
      : [...exchangeNames(expansion, pairsOf(copies)), ...takeNotNullNames(expansion, copies.notNull)]),
    ...createFeed(expansion, renamed),
    rememberNotNull(expansion, notNull),
  ])
}

/** Takes `keepReplacing` back. */
export function* reopenReplacing({ expansion, as }: Ending): Course {
  const same = sameValue(expansion)
  const notNull = yield* rememberedNotNull(expansion)
  const pairs = as === undefined || same === null ? [] : yield* exchangedNames(expansion, as, same)
  const ownName = as === undefined || same === null ? [] : yield* giveUpNotNullName(expansion, as, same)
  const alter = `ALTER TABLE ${tableName(expansion)} ALTER COLUMN`
  const back = Object.entries(renamings(expansion, as)).toReversed()
  yield transaction(expansion, [
    ...dropSync(expansion),
    ...inPlace(
      { expansion, as },
      back.map(([from, to]) => renameColumnSql(expansion, to, from)),
    ),
    ...newNames(expansion).map((name) => `${alter} ${quoteIdentifier(name)} DROP DEFAULT`),
    ...exchangeNames(expansion, pairs),
    ...ownName,
    ...createSync(expansion),
    rememberNotNull(expansion, notNull),
  ])
}

/** Which column gets which other name: of `amount` and `amount_new`, `amount` becomes `amount_old` and `amount_new` becomes `amount`. */
export function renamings(
  expansion: Expansion,
  as: string | undefined,
): { readonly [column: string]: string } {
  if (as === undefined) return {}
  const old = oldNames(expansion).filter((name) => name === as)
  return Object.fromEntries([
    ...old.map((name) => [name, keptName(name)] as const),
    ...newNames(expansion).map((name) => [name, as] as const),
  ])
}

function keptName(name: string): string {
  return derivedName(name, 'old')
}

function* copiesOf(expansion: Expansion): Course<Copies> {
  const same = sameValue(expansion)
  if (same === null) return { indexes: [], constraints: [], notNull: [] }
  return {
    indexes: yield* indexCopies(same),
    constraints: yield* constraintCopies(same),
    notNull: yield* notNullNames(same),
  }
}

/** What is said of the old column by name is said of the one that has the name then. */
function inPlace({ expansion, as }: Ending, change: readonly string[]): readonly string[] {
  if (as === undefined) return change
  return [underTheSameName({ ...inSchema(expansion), table: expansion.table, name: as }, change)]
}

function dropConstraint({ table, original }: ConstraintCopy): string {
  return `ALTER TABLE ${table} DROP CONSTRAINT ${quoteIdentifier(original)}`
}

/** The primary key stands on the new column's index from then on. The foreign keys to the old one are gone by now. */
function primaryKey(expansion: Expansion, { indexes }: Copies): readonly string[] {
  const alter = `ALTER TABLE ${tableName(expansion)}`
  return indexes
    .filter(({ primary }) => primary)
    .flatMap(({ original, name }) => {
      const key = quoteIdentifier(original)
      return [
        `${alter} DROP CONSTRAINT ${key}`,
        `${alter} ADD CONSTRAINT ${key} PRIMARY KEY USING INDEX ${quoteIdentifier(name)}`,
      ]
    })
}

/** The copies get the names of the originals, which went with the old column. */
function takeNames(expansion: Expansion, { indexes, constraints, notNull }: Copies): readonly string[] {
  return [
    ...takeNotNullNames(expansion, notNull),
    ...indexes
      .filter(({ primary }) => !primary)
      .map(({ original, name }) => renameIndex(expansion, name, original)),
    ...constraints.map(({ table, original, name }) => renameConstraint(table, name, original)),
  ]
}

function takeNotNullNames(expansion: Expansion, notNull: readonly Names[]): readonly string[] {
  return notNull.map(({ original, name }) => renameConstraint(tableName(expansion), name, original))
}

function* notNullNames({ from, to, ...table }: ColumnPair): Course<readonly Names[]> {
  const relation = regclass({ ...table, name: table.table })
  const key = (column: string) =>
    `ARRAY[(SELECT attnum FROM pg_attribute WHERE attrelid = ${relation} AND attname = ${quoteLiteral(column)})]`
  const rows = yield `SELECT old.conname AS original, fresh.conname AS name
FROM pg_constraint old JOIN pg_constraint fresh USING (conrelid, contype)
WHERE contype = 'n' AND conrelid = ${relation} AND old.conkey = ${key(from)} AND fresh.conkey = ${key(to)}`
  return rows.map((row) => ({ original: String(row['original']), name: String(row['name']) }))
}

/** An original and its copy, which have each other's name as long as the old column is kept. */
type NamePair = Names & { readonly index: boolean }

function pairsOf({ indexes, constraints }: Copies): readonly NamePair[] {
  return [
    ...indexes.map((copy) => ({ ...copy, index: true })),
    ...constraints.map((copy) => ({ ...copy, index: false })),
  ]
}

/** The pairs, once they are exchanged: what the new column has is called as the originals were. What came since has no pair. */
function* exchangedNames(
  expansion: Expansion,
  as: string,
  columns: { readonly from: string; readonly to: string },
): Course<readonly NamePair[]> {
  const relation = regclass({ ...expansion, name: expansion.table })
  const number = `(SELECT attnum FROM pg_attribute WHERE attrelid = ${relation} AND attname = ${quoteLiteral(as)})`
  const rows = yield `SELECT relname AS name, true AS index, ${number} = ANY (indkey) OR EXISTS (
    SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = indexrelid AND refobjid = indrelid AND refobjsubid = ${number}
  ) AS own FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = ${relation}
UNION ALL
SELECT conname, false, ${number} = ANY (conkey) FROM pg_constraint WHERE conrelid = ${relation} AND contype = 'c'`
  const others = new Set(rows.filter((row) => row['own'] !== true).map((row) => row['name']))
  return rows
    .filter((row) => row['own'] === true)
    .map((row) => ({ original: String(row['name']), index: row['index'] === true }))
    .map((found) => ({ ...found, name: copyName(found.original, columns) }))
    .filter(({ name }) => others.has(name))
}

/** The NOT NULL of the new column is called after it again, so that the old one's can have its name. */
function* giveUpNotNullName(
  expansion: Expansion,
  as: string,
  columns: ColumnPair,
): Course<readonly string[]> {
  const relation = regclass({ ...expansion, name: expansion.table })
  const rows =
    yield `SELECT conname AS name FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND conkey = ARRAY[attnum]
WHERE conrelid = ${relation} AND contype = 'n' AND attname = ${quoteLiteral(as)}`
  return rows.map((row) => {
    const name = String(row['name'])
    return renameConstraint(tableName(expansion), name, copyName(name, columns))
  })
}

function exchangeNames(expansion: Expansion, pairs: readonly NamePair[]): readonly string[] {
  const between = 'limbeck_exchanged'
  return pairs.flatMap(({ original, name, index }) => {
    const rename = (from: string, to: string) =>
      index ? renameIndex(expansion, from, to) : renameConstraint(tableName(expansion), from, to)
    return [rename(original, between), rename(name, original), rename(between, name)]
  })
}

function renameIndex(expansion: Expansion, from: string, to: string): string {
  return `ALTER INDEX ${qualifiedName({ ...inSchema(expansion), name: from })} RENAME TO ${quoteIdentifier(to)}`
}

function renameConstraint(table: string, from: string, to: string): string {
  return `ALTER TABLE ${table} RENAME CONSTRAINT ${quoteIdentifier(from)} TO ${quoteIdentifier(to)}`
}

function* refuseKeys(expansion: Expansion, { indexes, constraints }: Copies): Course {
  const [column = ''] = oldNames(expansion)
  if (indexes.some(({ primary }) => primary)) throw new ColumnNotKept(column, 'it is in the primary key')
  if (constraints.some(({ definition }) => definition.startsWith('FOREIGN KEY')))
    throw new ColumnNotKept(column, 'it is in a foreign key')
  for (const name of oldNames(expansion)) {
    const [found] =
      yield `SELECT pg_get_serial_sequence(${quoteLiteral(tableName(expansion))}, ${quoteLiteral(name)}) AS sequence`
    if (found?.['sequence'] != null) throw new ColumnNotKept(name, 'it has a sequence')
  }
}

/** The new columns get their defaults; one of the same value that of the old one, with its sequence or its identity. */
function handOver(expansion: Expansion): readonly string[] {
  const alter = `ALTER TABLE ${tableName(expansion)} ALTER COLUMN`
  return newColumns(expansion).flatMap((column) => {
    const { name, default: value } = column
    if (value === null) return []
    if (value !== undefined)
      return [`${alter} ${quoteIdentifier(name)} SET DEFAULT ${defaultExpression(value)}`]
    const same = sameValue(expansion)
    return same === null || 'down' in expansion
      ? []
      : [
          handOverDefault(
            { ...same, column: same.from },
            { ...same, column: name, type: String(column.type) },
          ),
        ]
  })
}
