import { derivedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { buildConcurrently, refuseExisting } from './index-build.ts'
import type { Course, Procedure } from './operation.ts'
import { regclass, type TableReference, tableName } from './relation.ts'

/** A column, and the one that is to have what it has. */
export type ColumnPair = TableReference & { readonly from: string; readonly to: string }
export type IndexCopy = {
  /** The index that is copied. */
  readonly original: string
  readonly name: string
  readonly definition: string
  readonly unique: boolean
  /** Whether the original stands behind the primary key, which the copy cannot as long as that is there. */
  readonly primary: boolean
  readonly constraint: string | null
}

/**
 * Gives a column every index that another one has, built concurrently, and turns those that stand behind a unique
 * constraint into one. PostgreSQL itself writes the definitions: an empty temporary table with the same indexes has its
 * column renamed, and its indexes are printed.
 */
export function copyIndexesProcedure(columns: ColumnPair): Procedure {
  return {
    run: 'procedure',
    title: `copy the indexes of ${columns.table}.${columns.from} to ${columns.to}`,
    preview: [
      `-- CREATE INDEX CONCURRENTLY … for each index of ${columns.table}.${columns.from}, with ${columns.to} in its place`,
    ],
    offline: { refused: 'which indexes the column has is known to the database alone.' },
    *guard() {
      for (const copy of yield* indexCopies(columns)) yield* refuseExisting({ ...columns, name: copy.name })
    },
    *steps() {
      for (const copy of yield* indexCopies(columns)) {
        yield* buildConcurrently({ ...columns, name: copy.name }, createCopy(columns, copy))
        if (copy.constraint !== null) yield* addConstraint(columns, copy)
      }
    },
  }
}

function createCopy(table: TableReference, copy: IndexCopy): string {
  const unique = copy.unique ? 'UNIQUE ' : ''
  return `CREATE ${unique}INDEX CONCURRENTLY ${quoteIdentifier(copy.name)} ON ${tableName(table)} ${copy.definition}`
}

function* addConstraint(table: TableReference, copy: IndexCopy): Course {
  const name = quoteIdentifier(copy.name)
  const [found] = yield `SELECT 1 FROM pg_constraint
    WHERE conrelid = ${regclass({ ...table, name: table.table })} AND conname = ${quoteLiteral(copy.name)}`
  if (found === undefined)
    yield `ALTER TABLE ${tableName(table)} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name}${copy.constraint ?? ''}`
}

/**
 * What to build. The temporary tables are made and thrown away in one transaction. LIKE leaves the indexes' names to
 * PostgreSQL, so an original finds its copy by its definition, which is the same in both until the column is renamed.
 */
export function* indexCopies({ from, to, ...table }: ColumnPair): Course<readonly IndexCopy[]> {
  const relation = regclass({ ...table, name: table.table })
  const rows = yield `BEGIN;
CREATE TEMPORARY TABLE limbeck_like (LIKE ${tableName(table)} INCLUDING INDEXES) ON COMMIT DROP;
CREATE TEMPORARY TABLE limbeck_copy ON COMMIT DROP AS
SELECT DISTINCT ON (definition) indexrelid, definition FROM ${definitions("'pg_temp.limbeck_like'::regclass")} l;
ALTER TABLE limbeck_like RENAME COLUMN ${quoteIdentifier(to)} TO limbeck_other;
ALTER TABLE limbeck_like RENAME COLUMN ${quoteIdentifier(from)} TO ${quoteIdentifier(to)};
SELECT c.relname AS name, i.indisunique AS "unique", i.indisprimary AS "primary", renamed.definition,
  CASE WHEN k.contype = 'p' THEN NULL WHEN k.condeferred THEN ' DEFERRABLE INITIALLY DEFERRED' WHEN k.condeferrable THEN ' DEFERRABLE'
    WHEN k.oid IS NOT NULL THEN '' END AS "constraint"
FROM ${definitions(relation)} i
LEFT JOIN limbeck_copy USING (definition)
LEFT JOIN ${definitions("'pg_temp.limbeck_like'::regclass")} renamed ON renamed.indexrelid = limbeck_copy.indexrelid
JOIN pg_class c ON c.oid = i.indexrelid
LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u')
WHERE i.indisvalid AND EXISTS (
  SELECT 1 FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE a.attrelid = i.indrelid AND a.attname = ${quoteLiteral(from)}
    AND (d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid OR d.classid = 'pg_constraint'::regclass AND d.objid = k.oid))
ORDER BY i.indexrelid;
ROLLBACK`
  const names = copyNames(
    rows.map((row) => String(row['name'])),
    { from, to },
  )
  return rows.map((row, n) => ({
    original: String(row['name']),
    name: names[n] ?? '',
    definition: String(row['definition']),
    unique: row['unique'] === true,
    primary: row['primary'] === true,
    constraint: row['constraint'] === null ? null : String(row['constraint']),
  }))
}

/** A table's indexes, each with what stands in its definition behind the names: `USING btree (email)`. */
export function definitions(table: string): string {
  return `(SELECT i.*, substr(behind, strpos(behind, format('.%I USING ', t.relname)) + length(quote_ident(t.relname)) + 2) AS definition
  FROM pg_index i JOIN pg_class t ON t.oid = indrelid JOIN pg_class c ON c.oid = indexrelid
  CROSS JOIN LATERAL (VALUES (pg_get_indexdef(indexrelid), quote_ident(c.relname))) d (text, name)
  CROSS JOIN LATERAL substr(text, strpos(text, name) + length(name)) b (behind) WHERE indrelid = ${table})`
}

function copyNames(names: readonly string[], columns: { readonly from: string; readonly to: string }) {
  const taken = new Set<string>()
  return names.map((name) => {
    let copy = copyName(name, columns)
    while (taken.has(copy)) copy = derivedName(copy, columns.to)
    taken.add(copy)
    return copy
  })
}

/** Whether an index or a constraint is called after the column. */
export function bearsName(name: string, column: string): boolean {
  return `_${name}_`.includes(`_${column}_`)
}

/** What a constraint or an index of the one column is called on the other. `users_email_key` becomes `users_email_address_key`; a name without the column's gets the new one's at its end. */
export function copyName(name: string, { from, to }: { readonly from: string; readonly to: string }): string {
  const at = `_${name}_`.lastIndexOf(`_${from}_`)
  if (at === -1) return derivedName(name, to)
  return derivedName(name.slice(0, at) + to + name.slice(at + from.length))
}
