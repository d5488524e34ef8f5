import { LimbeckError } from '../error.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { type ColumnPair, copyName } from './index-copy.ts'
import type { Course, Procedure, Row } from './operation.ts'
import { regclass, tableName } from './relation.ts'

/** A constraint that is not carried over from a column to the one that takes its place. */
export class ConstraintNotCarried extends LimbeckError {
  readonly code = 'CONSTRAINT_NOT_CARRIED'
  readonly constraint: string
  readonly definition: string

  constructor(constraint: string, definition: string) {
    super(`The constraint ${constraint} cannot be carried over to the new column: ${definition}`, {
      hint: 'Drop it before, and create it again on the new column.',
    })
    this.constraint = constraint
    this.definition = definition
  }
}

/** A constraint of a column, and the same for the other one. */
export type ConstraintCopy = {
  /** The table that has it, quoted: another one where a foreign key points to the column. */
  readonly table: string
  readonly original: string
  readonly name: string
  /** As it follows ADD CONSTRAINT. */
  readonly definition: string
  readonly validated: boolean
  readonly incoming: boolean
}

/**
 * Gives a column every check and foreign key that another one has, and every foreign key that points to it: NOT VALID
 * first, then validated while the tables are read and written.
 */
export function copyConstraintsProcedure(columns: ColumnPair): Procedure {
  return {
    run: 'procedure',
    title: `copy the constraints of ${columns.table}.${columns.from} to ${columns.to}`,
    preview: [
      `-- ADD CONSTRAINT … NOT VALID, VALIDATE CONSTRAINT … for each check and foreign key of ${columns.table}.${columns.from}, with ${columns.to} in its place`,
    ],
    offline: { refused: 'which constraints the column has is known to the database alone.' },
    *steps() {
      for (const copy of yield* constraintCopies(columns)) yield* addCopy(copy)
    },
  }
}

function* addCopy({ table, name, definition, validated }: ConstraintCopy): Course {
  const alter = `ALTER TABLE ${table}`
  const [found] =
    yield `SELECT 1 FROM pg_constraint WHERE conrelid = ${quoteLiteral(table)}::regclass AND conname = ${quoteLiteral(name)}`
  if (found === undefined) yield `${alter} ADD CONSTRAINT ${quoteIdentifier(name)} ${definition} NOT VALID`
  if (validated) yield `${alter} VALIDATE CONSTRAINT ${quoteIdentifier(name)}`
}

/** The constraints of a column as they have to be for the other. */
export function* constraintCopies(columns: ColumnPair): Course<readonly ConstraintCopy[]> {
  return [...(yield* checks(columns)), ...(yield* foreignKeys(columns))]
}

/** PostgreSQL itself writes the definitions: an empty temporary table with the same checks has its column renamed. */
function* checks({ from, to, ...table }: ColumnPair): Course<readonly ConstraintCopy[]> {
  const relation = regclass({ ...table, name: table.table })
  const rows = yield `BEGIN;
CREATE TEMPORARY TABLE limbeck_like (LIKE ${tableName(table)} INCLUDING CONSTRAINTS) ON COMMIT DROP;
ALTER TABLE limbeck_like RENAME COLUMN ${quoteIdentifier(to)} TO limbeck_other;
ALTER TABLE limbeck_like RENAME COLUMN ${quoteIdentifier(from)} TO ${quoteIdentifier(to)};
SELECT k.conname AS name, k.convalidated AS validated, pg_get_constraintdef(renamed.oid) AS definition
FROM pg_constraint k JOIN pg_constraint renamed ON renamed.conname = k.conname AND renamed.contype = 'c'
  AND renamed.conrelid = 'pg_temp.limbeck_like'::regclass
WHERE k.conrelid = ${relation} AND k.contype = 'c' AND k.conkey @> ARRAY[(SELECT attnum FROM pg_attribute
  WHERE attrelid = ${relation} AND attname = ${quoteLiteral(from)})]
ORDER BY k.conname;
ROLLBACK`
  return rows.map((row) => ({
    table: tableName(table),
    ...named(row, { from, to }),
    definition: withoutNotValid(String(row['definition'])),
    incoming: false,
  }))
}

/** Those of the column, and those that point to it. A key of several columns keeps the others. */
function* foreignKeys({ from, to, ...table }: ColumnPair): Course<readonly ConstraintCopy[]> {
  const relation = regclass({ ...table, name: table.table })
  const list = (keys: string, relid: string, name: string) =>
    `(SELECT string_agg(quote_ident(${name}), ', ' ORDER BY n) FROM unnest(${keys}) WITH ORDINALITY u (number, n)
      JOIN pg_attribute a ON a.attrelid = ${relid} AND a.attnum = u.number)`
  const other = (relid: string) =>
    `CASE WHEN ${relid} = ${relation} AND a.attnum = source.attnum THEN ${quoteLiteral(to)} ELSE attname END`
  const rows = yield `SELECT conrelid::regclass::text AS "table", conname AS name, convalidated AS validated,
  NOT (conrelid = ${relation} AND conkey @> ARRAY[source.attnum]) AS incoming, pg_get_constraintdef(oid) AS definition,
  format('FOREIGN KEY (%s) REFERENCES %s(%s)', ${list('conkey', 'conrelid', 'attname')}, confrelid::regclass, ${list('confkey', 'confrelid', 'attname')}) AS head,
  format('FOREIGN KEY (%s) REFERENCES %s(%s)', ${list('conkey', 'conrelid', other('conrelid'))}, confrelid::regclass, ${list('confkey', 'confrelid', other('confrelid'))}) AS "newHead"
FROM pg_constraint, (SELECT attnum FROM pg_attribute WHERE attrelid = ${relation} AND attname = ${quoteLiteral(from)}) source
WHERE contype = 'f' AND conparentid = 0 AND (conrelid = ${relation} AND conkey @> ARRAY[source.attnum]
  OR confrelid = ${relation} AND confkey @> ARRAY[source.attnum])
ORDER BY conrelid, conname`
  return rows.map((row) => {
    const definition = String(row['definition'])
    const head = String(row['head'])
    const rest = withoutNotValid(definition.slice(head.length))
    // A PERIOD, and SET NULL for some of the columns, name columns in places of their own.
    if (!definition.startsWith(head) || rest.includes('('))
      throw new ConstraintNotCarried(String(row['name']), definition)
    return {
      table: String(row['table']),
      ...named(row, { from, to }),
      definition: `${row['newHead']}${rest}`,
      incoming: row['incoming'] === true,
    }
  })
}

function named(row: Row, columns: { readonly from: string; readonly to: string }) {
  const original = String(row['name'])
  return { original, name: copyName(original, columns), validated: row['validated'] === true }
}

function withoutNotValid(definition: string): string {
  return definition.replace(/ NOT VALID$/, '')
}
