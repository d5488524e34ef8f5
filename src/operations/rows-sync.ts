import { columnList, derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { dollarQuote, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { differs, row } from './expand-sync.ts'
import { inSchema, type TableReference, tableName } from './relation.ts'

/** Columns of a row that become rows of another table: the keys of a document, the columns of a part of its own. */
export type RowExpansion = TableReference & {
  /** The columns that the old application uses. */
  readonly from: string | readonly [string, ...string[]]
  readonly to: {
    readonly schema?: string
    readonly table: string
    /** The columns that `up` gives. */
    readonly columns: readonly [string, ...string[]]
    /** Those of them by which the row is unique: a primary key or a unique constraint. */
    readonly key: readonly [string, ...string[]]
  }
  /** To which row those of the new table belong: its columns, and the ones of this table that they are equal to, `{ user_id: 'id' }`. */
  readonly on: { readonly [column: string]: string }
  /**
   * The rows that one row becomes: a query to which the table is that one row. Where the new application inserts the rows of
   * its own accord, it gives none for a row in which nothing is said: `SELECT id, bio WHERE bio IS NOT NULL`.
   */
  readonly up: Sql
  /** The value of each old column, from the rows that belong to the row: what the old application reads once the new one has written. */
  readonly down: { readonly [column: string]: Sql }
}

export function oldColumns({ from }: RowExpansion): readonly string[] {
  return typeof from === 'string' ? [from] : from
}

/** By this a trigger knows that it is the other one, or the backfill, that writes. */
export function rowsKey(expansion: RowExpansion): string {
  const { to } = expansion
  return JSON.stringify([
    expansion.schema ?? '',
    expansion.table,
    ...oldColumns(expansion),
    to.schema ?? '',
    to.table,
  ])
}

/** Statements that make the triggers by which the new table's rows follow the old columns. */
export function createForward(expansion: RowExpansion): readonly string[] {
  const { forward, onInsert, onWrite, onDelete } = rowsNames(expansion)
  const { to } = expansion
  const source = tableName(expansion)
  const target = targetName(expansion)
  const columns = columnList(to.columns)
  const alias = quoteIdentifier(expansion.table)
  const watched = [...oldColumns(expansion), ...Object.values(expansion.on)]
  // The row as it is now: a trigger of the table's own may have written it again since.
  const made = `${source} AS ${alias} CROSS JOIN LATERAL (${inlineSql(expansion.up)}) AS limbeck_made ${columns} WHERE ${belongs(expansion, 'NEW', alias)}`
  const sameKey = to.key
    .map((name) => `limbeck_made.${quoteIdentifier(name)} = limbeck_row.${quoteIdentifier(name)}`)
    .join(' AND ')
  return [
    `CREATE FUNCTION ${forward}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS ${dollarQuote(`
#variable_conflict use_column
DECLARE
  limbeck_before text := coalesce(current_setting('limbeck.rows', true), '');
  limbeck_found boolean := false;
BEGIN
  PERFORM set_config('limbeck.rows', ${quoteLiteral(rowsKey(expansion))}, true);
  IF TG_OP = 'DELETE' THEN
    DELETE FROM ${target} AS limbeck_row WHERE ${belongs(expansion, 'OLD')};
  END IF;
  IF TG_OP = 'UPDATE' AND ${row('OLD', Object.values(expansion.on))} IS DISTINCT FROM ${row('NEW', Object.values(expansion.on))} THEN
    DELETE FROM ${target} AS limbeck_row WHERE ${belongs(expansion, 'OLD')}
      AND NOT EXISTS (SELECT FROM ${source} AS ${alias} WHERE ${belongs(expansion, 'OLD', alias)});
  END IF;
  -- Rows that a new one finds are the new application's, written in the same statement or before it: they count.
  IF TG_OP = 'INSERT' THEN
    limbeck_found := EXISTS (SELECT FROM ${target} AS limbeck_row WHERE ${belongs(expansion, 'NEW')});
  END IF;
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM ${target} AS limbeck_row WHERE ${belongs(expansion, 'NEW')} AND NOT EXISTS (SELECT FROM ${made} AND ${sameKey});
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO ${target} AS limbeck_row ${columns} SELECT limbeck_made.* FROM ${made} ON CONFLICT ${columnList(to.key)} ${onConflict(expansion)};
  END IF;
  IF limbeck_found THEN
    ${feed(expansion, belongs(expansion, 'NEW', alias))}
  END IF;
  PERFORM set_config('limbeck.rows', limbeck_before, true);
  RETURN coalesce(NEW, OLD);
END
`)}`,
    `CREATE TRIGGER ${onInsert} AFTER INSERT ON ${source}
  FOR EACH ROW WHEN (${isForeign(expansion)}) EXECUTE FUNCTION ${forward}()`,
    // Whoever changes them: a trigger of the table's own may do so where the statement names other columns. Compared byte by
    // byte, as values of type json are not otherwise.
    `CREATE TRIGGER ${onWrite} AFTER UPDATE ON ${source}
  FOR EACH ROW WHEN (${isForeign(expansion)} AND ${differs(row('OLD', watched), row('NEW', watched))}) EXECUTE FUNCTION ${forward}()`,
    // Before, so that a foreign key finds nothing that refers to the row.
    `CREATE TRIGGER ${onDelete} BEFORE DELETE ON ${source}
  FOR EACH ROW WHEN (${isForeign(expansion)}) EXECUTE FUNCTION ${forward}()`,
  ]
}

/** Statements that make the triggers by which the old columns follow the new table's rows. */
export function createBackward(expansion: RowExpansion): readonly string[] {
  const { backward, onWrite, beforeInsert } = rowsNames(expansion)
  const source = tableName(expansion)
  const target = targetName(expansion)
  const on = Object.keys(expansion.on)
  const lock = (record: 'NEW' | 'OLD') =>
    `PERFORM FROM ${source} WHERE ${belongsTo(expansion, record)} FOR NO KEY UPDATE`
  // What another transaction has written to the row's other rows is seen only by a statement that begins after the lock.
  const locked = (record: 'NEW' | 'OLD') => `${lock(record)};
    ${feed(expansion, belongsTo(expansion, record))}`
  return [
    `CREATE FUNCTION ${backward}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS ${dollarQuote(`
#variable_conflict use_column
DECLARE
  limbeck_before text := coalesce(current_setting('limbeck.rows', true), '');
BEGIN
  IF TG_WHEN = 'BEFORE' THEN
    ${lock('NEW')};
    RETURN NEW;
  END IF;
  PERFORM set_config('limbeck.rows', ${quoteLiteral(rowsKey(expansion))}, true);
  IF TG_OP <> 'INSERT' THEN
    ${locked('OLD')}
  END IF;
  IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND ${row('NEW', on)} IS DISTINCT FROM ${row('OLD', on)} THEN
    ${locked('NEW')}
  END IF;
  PERFORM set_config('limbeck.rows', limbeck_before, true);
  RETURN NULL;
END
`)}`,
    // Whoever writes a row and those that belong to it takes the locks in this order.
    `CREATE TRIGGER ${beforeInsert} BEFORE INSERT ON ${target}
  FOR EACH ROW WHEN (${isForeign(expansion)}) EXECUTE FUNCTION ${backward}()`,
    `CREATE TRIGGER ${onWrite} AFTER INSERT OR UPDATE OR DELETE ON ${target}
  FOR EACH ROW WHEN (${isForeign(expansion)}) EXECUTE FUNCTION ${backward}()`,
  ]
}

/** A statement that sets the old columns from the rows that belong to a row, where they differ. */
function feed(expansion: RowExpansion, which: string): string {
  const table = quoteIdentifier(expansion.table)
  const values = Object.entries(expansion.down).map(([name, down]) => ({
    name: quoteIdentifier(name),
    value: `(${inlineSql(down)})`,
  }))
  return `UPDATE ${tableName(expansion)} SET ${values.map(({ name, value }) => `${name} = ${value}`).join(', ')}
    WHERE ${which} AND (${values.map(({ name, value }) => `${table}.${name}::text IS DISTINCT FROM ${value}::text`).join(' OR ')});`
}

export function dropForward(expansion: RowExpansion): readonly string[] {
  const { forward, onInsert, onWrite, onDelete } = rowsNames(expansion)
  const source = tableName(expansion)
  return [
    `DROP TRIGGER ${onInsert} ON ${source}`,
    `DROP TRIGGER ${onWrite} ON ${source}`,
    `DROP TRIGGER ${onDelete} ON ${source}`,
    `DROP FUNCTION ${forward}()`,
  ]
}

export function dropBackward(expansion: RowExpansion): readonly string[] {
  const { backward, onWrite, beforeInsert } = rowsNames(expansion)
  const target = targetName(expansion)
  return [
    `DROP TRIGGER ${beforeInsert} ON ${target}`,
    `DROP TRIGGER ${onWrite} ON ${target}`,
    `DROP FUNCTION ${backward}()`,
  ]
}

export function targetName({ to }: RowExpansion): string {
  return qualifiedName({ ...inSchema(to), name: to.table })
}

function onConflict({ to }: RowExpansion): string {
  const others = to.columns.filter((name) => !to.key.includes(name)).map(quoteIdentifier)
  if (others.length === 0) return 'DO NOTHING'
  const changes = others.map((name) => `limbeck_row.${name}::text IS DISTINCT FROM excluded.${name}::text`)
  return `DO UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')} WHERE TG_OP = 'UPDATE' AND (${changes.join(' OR ')})`
}

/** Rows of the new table that belong to a record of the old one; or, by its alias, the old table's row of that record. */
function belongs({ on }: RowExpansion, record: 'NEW' | 'OLD', alias?: string): string {
  return Object.entries(on)
    .map(([name, own]) => {
      const column =
        alias === undefined ? `limbeck_row.${quoteIdentifier(name)}` : `${alias}.${quoteIdentifier(own)}`
      return `${column} = ${record}.${quoteIdentifier(own)}`
    })
    .join(' AND ')
}

/** The row of the old table to which a record of the new one belongs. */
function belongsTo({ on, table }: RowExpansion, record: 'NEW' | 'OLD'): string {
  return Object.entries(on)
    .map(
      ([name, own]) =>
        `${quoteIdentifier(table)}.${quoteIdentifier(own)} = ${record}.${quoteIdentifier(name)}`,
    )
    .join(' AND ')
}

function isForeign(expansion: RowExpansion): string {
  return `current_setting('limbeck.rows', true) IS DISTINCT FROM ${quoteLiteral(rowsKey(expansion))}`
}

function rowsNames(expansion: RowExpansion) {
  const { table, to, ...schema } = expansion
  const name = (purpose: string) => derivedName('limbeck', purpose, table, ...oldColumns(expansion), to.table)
  const trigger = (purpose: string) => quoteIdentifier(derivedName('zz', name(purpose)))
  return {
    forward: qualifiedName({ ...inSchema(schema), name: name('rows_forward') }),
    backward: qualifiedName({ ...inSchema(schema), name: name('rows_backward') }),
    onInsert: trigger('rows_insert'),
    onWrite: trigger('rows'),
    onDelete: trigger('rows_delete'),
    beforeInsert: trigger('rows_lock'),
  }
}
