import type { Connection } from '../connection/connection.ts'
import { answeringBlock } from '../sql/answering-block.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { type SampleType, typed } from './sample-type.ts'

/** Values of some columns together; a literal each. */
export type Tuple = readonly string[]

/** Tuples of which some may be refused by conditions on their columns. */
export type Trial = {
  /** What the conditions call the row. */
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: SampleType }[]
  /** Columns that are made of these, which conditions may name. */
  readonly generated: readonly { readonly name: string; readonly expression: string }[]
  /** May not be false. */
  readonly checks: readonly string[]
  /** May be anything but an error. */
  readonly evaluates: readonly string[]
  readonly tuples: readonly Tuple[]
}

/**
 * For each trial the tuples that pass, in their order: the server says it. All are asked in one message; where one tuple is an error,
 * those of its trial are asked one by one, on the server. Nothing is left behind there.
 */
export async function passing(
  connection: Pick<Connection, 'run' | 'transaction'>,
  trials: readonly Trial[],
): Promise<readonly (readonly Tuple[])[]> {
  if (trials.length === 0) return []
  const isOpen = connection.transaction() === 'open'
  const [begin, end] = isOpen
    ? [
        'SAVEPOINT limbeck_samples',
        'ROLLBACK TO SAVEPOINT limbeck_samples; RELEASE SAVEPOINT limbeck_samples',
      ]
    : ['BEGIN', 'ROLLBACK']
  const block = answeringBlock(trials.map(question), passingBlock)
  const results = await connection.run([begin, quiet({ triggers: false }), ...block, end].join(';\n'))
  const answers = results[3]?.rows[0]?.['answer'] as readonly (readonly number[] | null)[] | undefined
  return trials.map(({ tuples }, at) => {
    const numbers = answers?.[at] ?? []
    return numbers.flatMap((number) => (tuples[number] === undefined ? [] : [tuples[number]]))
  })
}

/**
 * Keeps triggers and event triggers of the user's from firing, where there are any and the role may. PostgreSQL plans all prepared statements
 * anew when this setting changes, and so it is left alone where it need not.
 */
export function quiet({ triggers }: { readonly triggers: boolean }): string {
  return `DO $limbeck$
BEGIN
  IF ${triggers} OR EXISTS (SELECT FROM pg_event_trigger WHERE evtenabled <> 'D') THEN
    SET LOCAL session_replication_role = replica;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  NULL;
END
$limbeck$`
}

const passingBlock = {
  declare: `trial jsonb;
  found integer[];
  one integer[];
  tuple text;`,
  body: `FOR trial IN SELECT * FROM jsonb_array_elements(given) LOOP
    BEGIN
      EXECUTE (trial->>'head') || (SELECT string_agg(value, ', ' ORDER BY ordinality) FROM jsonb_array_elements_text(trial->'tuples') WITH ORDINALITY)
        || (trial->>'tail') INTO found;
    EXCEPTION WHEN OTHERS THEN
      found := '{}';
      FOR tuple IN SELECT * FROM jsonb_array_elements_text(trial->'tuples') LOOP
        BEGIN
          EXECUTE (trial->>'head') || tuple || (trial->>'tail') INTO one;
          found := found || one;
        EXCEPTION WHEN OTHERS THEN
          NULL;
        END;
        EXIT WHEN cardinality(found) >= ${64};
      END LOOP;
    END;
    answer := answer || jsonb_build_array(to_jsonb(found));
  END LOOP;`,
}

function question({ name, columns, generated, checks, evaluates, tuples }: Trial) {
  const names = columns.map((column) => quoteIdentifier(column.name))
  const row = quoteIdentifier(name)
  const made = generated.map((column) => `(${column.expression}) AS ${quoteIdentifier(column.name)}`)
  const values = `(SELECT ${[`${row}.*`, ...made].join(', ')} FROM (VALUES `
  const conditions = [
    ...checks.map((check) => `(${check}) IS NOT FALSE`),
    // A count of what is given: PostgreSQL cannot know it without the value.
    ...evaluates.map((expression) => `num_nulls((${expression})) >= 0`),
    // A generated column that nobody names is made all the same.
    ...generated.map((column) => `num_nulls(${row}.${quoteIdentifier(column.name)}) >= 0`),
  ]
  const head = `SELECT ARRAY(SELECT ${row}.limbeck_number FROM ${values}`
  const tail = `) AS ${row}(limbeck_number, ${names.join(', ')}) OFFSET 0) AS ${row} WHERE ${conditions.join(' AND ') || 'true'} ORDER BY 1)`
  const texts = tuples.map((tuple, number) => {
    const literals = tuple.map((literal, at) =>
      typed(literal, columns[at]?.type ?? { name: 'text', form: { kind: 'unknown' } }),
    )
    return `(${[number, ...literals].join(', ')})`
  })
  return { head, tuples: texts, tail }
}
