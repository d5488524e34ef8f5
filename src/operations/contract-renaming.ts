import { LimbeckError } from '../error.ts'
import { derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { createFeed, createSync, dropSync } from './expand-sync.ts'
import type { Renaming } from './expansion.ts'
import { bearsName, type ColumnPair, type IndexCopy, indexCopies } from './index-copy.ts'
import { notNullColumns, rememberedNotNull, rememberNotNull } from './kept-not-null.ts'
import {
  dropColumnsSql,
  exchangeColumnsSql,
  renameColumnSql,
  transaction,
  underTheSameName,
} from './name-swap.ts'
import type { Course } from './operation.ts'
import { inSchema, regclass, type TableReference, tableName } from './relation.ts'

/** Something that was made on a new column alone, which the old one, that takes its name, does not have. */
export class OnlyOnNewColumn extends LimbeckError {
  readonly code = 'ONLY_ON_NEW_COLUMN'
  readonly object: string
  readonly column: string

  constructor(object: string, column: string) {
    super(`${object} is on the new column ${column} alone, and would go with it.`, {
      hint: 'The old column, with all that hangs on it, gets the new name. Drop this before, and make it on the old column, or after the contract.',
    })
    this.object = object
    this.column = column
  }
}

type Names = TableReference & Renaming
type NamePair = Pick<IndexCopy, 'original' | 'name'>

/**
 * Ends a renaming. The old column itself gets the new name, so that whatever hangs on it (keys, checks, views, policies,
 * defaults, grants) comes along; the new column, which is equal, goes. What names the new one is made again for the other.
 */
export function* endRenaming(names: Names): Course {
  const copies = yield* indexCopies(names)
  yield* refuseOwn(names, copies)
  yield transaction(names, [
    ...dropSync(names),
    underTheSameName({ ...names, name: names.to }, [
      dropColumnsSql(names, [names.to]),
      renameColumnSql(names, names.from, names.to),
    ]),
    ...named(copies, names).map(({ original, name }) => renameIndex(names, original, name)),
  ])
}

/** The same, but the new column stays under the old name, and is fed: the two columns exchange their names. */
export function* keepRenaming(names: Names): Course {
  const copies = yield* indexCopies(names)
  yield* refuseOwn(names, copies)
  const notNull = yield* notNullColumns(names)
  const alter = `ALTER TABLE ${tableName(names)} ALTER COLUMN ${quoteIdentifier(names.from)}`
  yield transaction(names, [
    ...dropSync(names),
    underTheSameName({ ...names, name: names.to }, exchangeColumnsSql(names, names.from, names.to)),
    `${alter} DROP NOT NULL`,
    ...exchangeIndexes(names, copies),
    ...createFeed(names, {}),
    rememberNotNull(names, notNull),
  ])
}

/** Takes `keepRenaming` back. What names the lasting column goes on to do so, under its old name. */
export function* reopenRenaming(names: Names): Course {
  const notNull = yield* rememberedNotNull(names)
  // The kept column has the old name now, so its indexes are those that were copies.
  const copies = yield* indexCopies({ ...names, from: names.to, to: names.from })
  const back = copies.map(({ original, name }) => ({ original: name, name: original }))
  yield transaction(names, [
    ...dropSync(names),
    ...exchangeColumnsSql(names, names.from, names.to),
    ...exchangeIndexes(names, back),
    ...createSync(names),
    // It is the new column that had its NOT NULL taken.
    rememberNotNull(names, notNull.length === 0 ? [] : [names.to]),
  ])
}

/** Only an index that is called after the column changes its name with it. */
function named(copies: readonly NamePair[], { from }: Names): readonly NamePair[] {
  return copies.filter(({ original }) => bearsName(original, from))
}

function exchangeIndexes(names: Names, copies: readonly NamePair[]): readonly string[] {
  const between = derivedName('limbeck_exchanged', names.table)
  return named(copies, names).flatMap(({ original, name }) => [
    renameIndex(names, original, between),
    renameIndex(names, name, original),
    renameIndex(names, between, name),
  ])
}

function renameIndex(table: TableReference, from: string, to: string): string {
  return `ALTER INDEX ${qualifiedName({ ...inSchema(table), name: from })} RENAME TO ${quoteIdentifier(to)}`
}

/** An index cannot be made anew while everybody waits, nor can a constraint be checked then. */
function* refuseOwn(columns: ColumnPair, copies: readonly IndexCopy[]): Course {
  const relation = regclass({ ...columns, name: columns.table })
  const number = `(SELECT attnum FROM pg_attribute WHERE attrelid = ${relation} AND attname = ${quoteLiteral(columns.to)})`
  const known = copies.map(({ name }) => quoteLiteral(name)).join(', ')
  const [own] =
    yield `SELECT format('the index %s', indexrelid::regclass) AS object FROM pg_index JOIN pg_class c ON c.oid = indexrelid
WHERE indrelid = ${relation} AND ${number} = ANY (indkey) AND relname <> ALL (ARRAY[${known}]::text[])
UNION ALL
SELECT format('the constraint %s', conname) FROM pg_constraint
WHERE (conrelid = ${relation} AND ${number} = ANY (conkey) OR confrelid = ${relation} AND ${number} = ANY (confkey))
  AND contype IN ('c', 'f', 'x')`
  if (own !== undefined) throw new OnlyOnNewColumn(String(own['object']), columns.to)
}
