import { quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { functions, policies, removeAll, restoreAll, statistics, triggers, views } from './dependents.ts'
import { regclass, type TableReference, tableName } from './relation.ts'

/**
 * A PL/pgSQL block that changes which column has a name. What names that column (views, policies, triggers, statistics, functions) is
 * taken away before and made again after, from PostgreSQL's own text of it: so it belongs to the column that then has the
 * name. What it does not foresee makes one of PostgreSQL's own commands fail, and the transaction with it.
 */
export function underTheSameName(
  column: TableReference & { readonly name: string },
  change: readonly string[],
): string {
  const relation = regclass({ ...column, name: column.table })
  const number = `(SELECT attnum FROM pg_attribute WHERE attrelid = ${relation} AND attname = ${quoteLiteral(column.name)})`
  // A view that groups by a primary key hangs on the key itself.
  return rebound(
    `(d.refclassid = 'pg_class'::regclass AND d.refobjid = relation AND d.refobjsubid = number
    OR d.refclassid = 'pg_constraint'::regclass AND d.refobjid IN (
      SELECT oid FROM pg_constraint WHERE conrelid = relation AND contype = 'p' AND number = ANY (conkey)))`,
    {
      declare: `relation regclass := ${relation};
  number smallint := ${number};`,
      pieces: [views, policies, triggers, statistics, functions],
      change,
    },
  )
}

/** The same for a table: what names it belongs to the table that then has the name. */
export function underTheSameTable(table: TableReference, change: readonly string[]): string {
  return rebound(
    `(d.refclassid = 'pg_class'::regclass AND d.refobjid = relation
    OR d.refclassid = 'pg_constraint'::regclass AND d.refobjid IN (
      SELECT oid FROM pg_constraint WHERE conrelid = relation AND contype = 'p'))`,
    {
      declare: `relation regclass := ${regclass({ ...table, name: table.table })};`,
      pieces: [views, policies, triggers, functions],
      change,
    },
  )
}

function rebound(
  uses: string,
  {
    declare,
    pieces,
    change,
  }: {
    readonly declare: string
    readonly pieces: readonly ((uses: string) => string)[]
    readonly change: readonly string[]
  },
): string {
  return doBlock(`
DECLARE
  ${declare}
  remove text[] := '{}';
  restore text[] := '{}';
  found record;
  command text;
BEGIN
${pieces.map((piece) => piece(uses)).join('\n')}
${removeAll}

${change.map((statement) => `  ${statement};`).join('\n')}
${restoreAll}
END`)
}

export function renameColumnSql(table: TableReference, from: string, to: string): string {
  return `ALTER TABLE ${tableName(table)} RENAME COLUMN ${quoteIdentifier(from)} TO ${quoteIdentifier(to)}`
}

export function dropColumnsSql(table: TableReference, names: readonly string[]): string {
  const actions = names.map((name) => `DROP COLUMN ${quoteIdentifier(name)}`)
  return `ALTER TABLE ${tableName(table)} ${actions.join(', ')}`
}

/** Two columns get each other's name. */
export function exchangeColumnsSql(table: TableReference, one: string, other: string): readonly string[] {
  const between = 'limbeck_exchanged'
  return [
    renameColumnSql(table, one, between),
    renameColumnSql(table, other, one),
    renameColumnSql(table, between, other),
  ]
}

/** Statements as one transaction, in one message. */
export function transaction(table: TableReference, statements: readonly string[]): string {
  return ['BEGIN', `LOCK TABLE ${tableName(table)} IN ACCESS EXCLUSIVE MODE`, ...statements, 'COMMIT'].join(
    ';\n',
  )
}
