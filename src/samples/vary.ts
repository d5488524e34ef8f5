import type { Connection } from '../connection/connection.ts'
import { answeringBlock } from '../sql/answering-block.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { sampleRow } from './row.ts'
import type { SampleTable } from './sample-table.ts'

/** Columns that came later than the rows, which all have one value there. */
export type PlainColumns = {
  readonly table: SampleTable
  readonly columns: readonly string[]
  /** How many rows there are. */
  readonly rows: number
}

/** Gives half of the rows other values there, as an application would: triggers fire, and what is refused stays as it was. */
export async function varyRows(
  connection: Pick<Connection, 'run'>,
  all: readonly PlainColumns[],
): Promise<void> {
  const given = all.map(({ table, columns, rows }) => ({
    relation: qualifiedName(table),
    rows: Array.from({ length: Math.ceil(rows / 2) }, (_, n) => assignments(table, columns, n)),
  }))
  await connection.run(answeringBlock(given, varyingBlock).join(';\n'))
}

/** Gives them the values again that a row has of which nobody has said them. */
export async function plainRows(
  connection: Pick<Connection, 'run'>,
  all: readonly PlainColumns[],
): Promise<void> {
  const given = all.flatMap(({ table, columns }) =>
    columns.map((name) => `UPDATE ${qualifiedName(table)} SET ${quoteIdentifier(name)} = DEFAULT`),
  )
  await connection.run(answeringBlock(given, plainBlock).join(';\n'))
}

function assignments(table: SampleTable, columns: readonly string[], n: number): string {
  return [...sampleRow(table, n)]
    .flatMap(([name, literal]) => (columns.includes(name) ? [`${quoteIdentifier(name)} = ${literal}`] : []))
    .join(', ')
}

/** Where the rows are is found out first: one that is written may come to stand before all others. */
const varyingBlock = {
  declare: `one jsonb;
  place record;
  n integer;`,
  body: `FOR one IN SELECT * FROM jsonb_array_elements(given) LOOP
    n := 0;
    FOR place IN EXECUTE format('SELECT tableoid, ctid FROM %s ORDER BY tableoid, ctid LIMIT %s', one->>'relation', jsonb_array_length(one->'rows')) LOOP
      BEGIN
        EXECUTE format('UPDATE %s SET %s WHERE tableoid = $1 AND ctid = $2', one->>'relation', one->'rows'->>n) USING place.tableoid, place.ctid;
        SET CONSTRAINTS ALL IMMEDIATE;
      EXCEPTION WHEN OTHERS THEN
        NULL;
      END;
      n := n + 1;
    END LOOP;
  END LOOP;`,
}

const plainBlock = {
  declare: 'one text;',
  body: `FOR one IN SELECT * FROM jsonb_array_elements_text(given) LOOP
    BEGIN
      EXECUTE one;
      SET CONSTRAINTS ALL IMMEDIATE;
    EXCEPTION WHEN OTHERS THEN
      NULL;
    END;
  END LOOP;`,
}
