import { quoteIdentifier } from '../sql/identifier.ts'
import { dollarQuote, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import {
  downward,
  type Expansion,
  expansionKey,
  newNames,
  oldNames,
  sameValue,
  syncNames,
  upward,
} from './expansion.ts'
import { tableName } from './relation.ts'

/**
 * Statements that make the triggers by which each side follows the other, whichever is written; the new one if both are.
 * Values are compared as they are stored, which no type lacks, as `json` lacks `=`; and 1.0 is not 1.00. By the function of the operator `*<>`: PostgreSQL
 * prints the operator without the casts to record that it needs, so that a dump with such a trigger could not be restored.
 * https://www.postgresql.org/docs/current/functions-comparisons.html#COMPOSITE-TYPE-COMPARISON
 */
export function createSync(expansion: Expansion): readonly string[] {
  const { function: sync, onInsert, onUpdate } = syncNames(expansion)
  const table = tableName(expansion)
  const fresh = newNames(expansion)
  const columns = [...oldNames(expansion), ...fresh]
  const given = fresh.map((name) => `NEW.${quoteIdentifier(name)} IS NOT NULL`).join(' OR ')
  const changed = differs(row('NEW', fresh), row('OLD', fresh))
  return [
    `CREATE FUNCTION ${sync}() RETURNS trigger LANGUAGE plpgsql${searchPath(expansion)} AS ${dollarQuote(`
#variable_conflict use_column
BEGIN
  -- The new columns have no default until the contract, so a value in one was written by the new application.
  IF TG_OP = 'INSERT' AND (${given}) OR TG_OP = 'UPDATE' AND ${changed} THEN
    ${assignment(expansion, downward(expansion))}
  ELSE
    ${assignment(expansion, upward(expansion))}
  END IF;
  RETURN NEW;
END
`)}`,
    `CREATE TRIGGER ${onInsert} BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION ${sync}()`,
    `CREATE TRIGGER ${onUpdate} BEFORE UPDATE ON ${table} FOR EACH ROW
  WHEN (current_setting('limbeck.expand', true) IS DISTINCT FROM ${quoteLiteral(expansionKey(expansion))}
    AND (${differs(row('OLD', columns), row('NEW', columns))}${stillUnfilled(expansion)}))
  EXECUTE FUNCTION ${sync}()`,
  ]
}

/** Statements that make the trigger by which old columns, which nobody uses any more, are still fed. */
export function createFeed(
  expansion: Expansion,
  /** The names that columns have now, where these are not those of the expansion. */
  renamed: { readonly [column: string]: string },
): readonly string[] {
  const { function: sync, onInsert } = syncNames(expansion)
  const values = Object.entries(downward(expansion))
  const targets = values.map(([name]) => `NEW.${quoteIdentifier(renamed[name] ?? name)}`)
  // The expressions speak of the new columns by the names that they had until now.
  const earlier = newNames(expansion).flatMap((name) => {
    const now = renamed[name]
    return now === undefined ? [] : [`NEW.${quoteIdentifier(now)} AS ${quoteIdentifier(name)}`]
  })
  const source = [
    `(SELECT NEW.*) AS ${quoteIdentifier(expansion.table)}`,
    ...(earlier.length === 0 ? [] : [`(SELECT ${earlier.join(', ')}) AS limbeck_earlier`]),
  ]
  return [
    `CREATE FUNCTION ${sync}() RETURNS trigger LANGUAGE plpgsql${searchPath(expansion)} AS ${dollarQuote(`
#variable_conflict use_column
BEGIN
  SELECT ${values.map(([, value]) => inlineSql(value)).join(', ')} INTO ${targets.join(', ')} FROM ${source.join(', ')};
  RETURN NEW;
END
`)}`,
    `CREATE TRIGGER ${onInsert} BEFORE INSERT OR UPDATE ON ${tableName(expansion)} FOR EACH ROW EXECUTE FUNCTION ${sync}()`,
  ]
}

/** Statements that take the triggers and their function away. */
export function dropSync(expansion: Expansion): readonly string[] {
  const { function: sync, onInsert, onUpdate } = syncNames(expansion)
  const table = tableName(expansion)
  return [
    `DROP TRIGGER ${onInsert} ON ${table}`,
    `DROP TRIGGER IF EXISTS ${onUpdate} ON ${table}`,
    `DROP FUNCTION ${sync}()`,
  ]
}

/** An unrelated update fills a row that the backfill has not reached; where the meaning changes, it could undo what NULL has meant. */
function stillUnfilled(expansion: Expansion): string {
  const same = sameValue(expansion)
  if (same === null || 'down' in expansion) return ''
  const [up] = Object.values(upward(expansion))
  const from = quoteIdentifier(same.from)
  // The expression begins with the old column's name, and is a cast of it at the most.
  const filled = up === undefined ? '' : inlineSql(up).replace(from, () => `NEW.${from}`)
  return ` OR ${differs(`ROW(NEW.${quoteIdentifier(same.to)})`, `ROW(${filled})`)}`
}

/** What the author's expressions name is found whoever writes; a column's own name and type need no looking up. */
function searchPath(expansion: Expansion): string {
  return 'down' in expansion ? ' SET search_path FROM CURRENT' : ''
}

/** The expressions see the row as a table of the table's name, in which columns stand bare. */
function assignment(expansion: Expansion, values: { readonly [column: string]: Sql }): string {
  const targets = Object.keys(values).map((name) => `NEW.${quoteIdentifier(name)}`)
  const expressions = Object.values(values).map((value) => inlineSql(value))
  return `SELECT ${expressions.join(', ')} INTO ${targets.join(', ')} FROM (SELECT NEW.*) AS ${quoteIdentifier(expansion.table)};`
}

export function row(record: 'NEW' | 'OLD', columns: readonly string[]): string {
  return `ROW(${columns.map((name) => `${record}.${quoteIdentifier(name)}`).join(', ')})`
}

/** Whether two rows are stored differently, byte by byte. */
export function differs(one: string, other: string): string {
  return `pg_catalog.record_image_ne(${one}, ${other})`
}
