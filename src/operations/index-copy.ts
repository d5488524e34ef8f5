import { derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { Course, Procedure } from './operation.ts'
import { inSchema, regclass, type TableReference, tableName } from './relation.ts'

type Columns = TableReference & { readonly from: string; readonly to: string }
type IndexCopy = {
  readonly name: string
  readonly definition: string
  readonly unique: boolean
  readonly constraint: string | null
}

/**
 * Gives a column every index that another one has, built concurrently, and turns those that stand behind a unique
 * constraint into one. PostgreSQL itself writes the definitions: an empty temporary table with the same indexes has its
 * column renamed, and its indexes are printed.
 */
export function copyIndexesProcedure(columns: Columns): Procedure {
  return {
    run: 'procedure',
    title: `copy the indexes of ${columns.table}.${columns.from} to ${columns.to}`,
    preview: [
      `-- CREATE INDEX CONCURRENTLY … for each index of ${columns.table}.${columns.from}, with ${columns.to} in its place`,
    ],
    *steps() {
      for (const copy of yield* copies(columns)) {
        yield* build(columns, copy)
        if (copy.constraint !== null) yield* addConstraint(columns, copy)
      }
    },
  }
}

function* build(table: TableReference, copy: IndexCopy): Course {
  const name = qualifiedName({ ...inSchema(table), name: copy.name })
  const [found] =
    yield `SELECT indisvalid AND indisready AS valid FROM pg_index WHERE indexrelid = to_regclass(${quoteLiteral(name)})`
  if (found?.['valid'] === true) return
  if (found !== undefined) yield { patiently: `DROP INDEX CONCURRENTLY ${name}` }
  yield {
    patiently: `CREATE ${copy.unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${quoteIdentifier(copy.name)} ON ${tableName(table)} ${copy.definition}`,
  }
}

function* addConstraint(table: TableReference, copy: IndexCopy): Course {
  const name = quoteIdentifier(copy.name)
  const [found] = yield `SELECT 1 FROM pg_constraint
    WHERE conrelid = ${regclass({ ...table, name: table.table })} AND conname = ${quoteLiteral(copy.name)}`
  if (found === undefined)
    yield `ALTER TABLE ${tableName(table)} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name}${copy.constraint ?? ''}`
}

/**
 * What to build. The temporary table is made and thrown away in one transaction; LIKE leaves the indexes' names to
 * PostgreSQL, so originals and copies are matched by their order, which is that of the originals' OIDs.
 */
function* copies({ from, to, ...table }: Columns): Course<readonly IndexCopy[]> {
  const relation = regclass({ ...table, name: table.table })
  const rows = yield `BEGIN;
CREATE TEMPORARY TABLE limbeck_like (LIKE ${tableName(table)} INCLUDING INDEXES) ON COMMIT DROP;
ALTER TABLE limbeck_like RENAME COLUMN ${quoteIdentifier(to)} TO limbeck_other;
ALTER TABLE limbeck_like RENAME COLUMN ${quoteIdentifier(from)} TO ${quoteIdentifier(to)};
SELECT c.relname AS name, i.indisunique AS "unique", substr(d.text, strpos(d.text, ' USING ') + 1) AS definition,
  CASE WHEN k.condeferred THEN ' DEFERRABLE INITIALLY DEFERRED' WHEN k.condeferrable THEN ' DEFERRABLE' WHEN k.oid IS NOT NULL THEN '' END AS "constraint"
FROM (SELECT *, row_number() OVER (ORDER BY indexrelid) AS n FROM pg_index WHERE indrelid = ${relation}) i
JOIN (SELECT *, row_number() OVER (ORDER BY indexrelid) AS n FROM pg_index WHERE indrelid = 'pg_temp.limbeck_like'::regclass) l USING (n)
CROSS JOIN LATERAL pg_get_indexdef(l.indexrelid) d (text)
JOIN pg_class c ON c.oid = i.indexrelid
LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype = 'u'
WHERE i.indisvalid AND EXISTS (
  SELECT 1 FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE a.attrelid = i.indrelid AND a.attname = ${quoteLiteral(from)}
    AND (d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid OR d.classid = 'pg_constraint'::regclass AND d.objid = k.oid))
ORDER BY n;
ROLLBACK`
  return rows.map((row) => ({
    name: copyName(String(row['name']), from, to),
    definition: String(row['definition']),
    unique: row['unique'] === true,
    constraint: row['constraint'] === null ? null : String(row['constraint']),
  }))
}

/** `users_email_key` becomes `users_email_address_key`; a name without the column's gets the new one's at its end. */
function copyName(name: string, from: string, to: string): string {
  return name.includes(from) ? derivedName(name.replace(from, to)) : derivedName(name, to)
}
