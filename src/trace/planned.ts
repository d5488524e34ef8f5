import type { Connection } from '../connection/connection.ts'
import { answeringBlock } from '../sql/answering-block.ts'

/** A query that an application may ask, and what it asks, in words. */
export type PlannedQuery = {
  readonly what: string
  readonly sql: string
  /** It may have parameters, $1 and its like, whose types are found out. */
  readonly isPrepared?: true
}

export type QueryFailure = { readonly sqlState: string; readonly message: string }

/**
 * Has PostgreSQL plan queries and run none of them: the error of each, or null. That is enough for a name that is gone (42P01, 42703, 42883, 22P02)
 * and a type that does not take the values of before (42804). A transaction that is open stays as it is.
 */
export async function planned(
  connection: Pick<Connection, 'run'>,
  queries: readonly PlannedQuery[],
): Promise<readonly (QueryFailure | null)[]> {
  if (queries.length === 0) return []
  const results = await connection.run(answeringBlock(queries.map(planning), planningBlock).join(';\n'))
  const failed = results[1]?.rows[0]?.['answer'] as readonly (string | null)[] | undefined
  return queries.map((_, at) => {
    const [sqlState = '', ...message] = failed?.[at]?.split(' ') ?? []
    return sqlState === '' ? null : { sqlState, message: message.join(' ') }
  })
}

/** What takes parameters is prepared: its names and types are looked up, and it is given up again. */
function planning({ sql, isPrepared }: PlannedQuery): string {
  return isPrepared === true ? `PREPARE limbeck_query AS ${sql};\nDEALLOCATE limbeck_query` : `EXPLAIN ${sql}`
}

const planningBlock = {
  declare: 'query text;',
  body: `FOR query IN SELECT * FROM jsonb_array_elements_text(given) LOOP
    BEGIN
      EXECUTE query;
      answer := answer || 'null'::jsonb;
    EXCEPTION WHEN OTHERS THEN
      answer := answer || to_jsonb(SQLSTATE || ' ' || SQLERRM);
    END;
  END LOOP;`,
}
