import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { firstLine } from './first-line.ts'
import { type Operation, operation, statement } from './operation.ts'

export type Assert = {
  /** A condition, `op.sql`. False or NULL stops the revision, and the stage that it stands in is rolled back. */
  readonly that: Sql
  /** What to tell the person when it does not hold: what is wrong, and what to do. */
  readonly message: string
}

/**
 * Stops the revision unless a condition holds. Checked on the server, so it works in an offline script too.
 */
export const assert: Operation<'assert', Assert> = operation('assert', {
  title: (fields) => `assert: ${firstLine(fields.message)}`,
  steps: (fields) => [
    statement(
      doBlock(`
BEGIN
  IF (${inlineSql(fields.that)}) IS NOT TRUE THEN
    RAISE EXCEPTION USING ERRCODE = 'assert_failure', MESSAGE = ${quoteLiteral(fields.message)};
  END IF;
END`),
    ),
  ],
  rowsOnly: true,
  inverse: () => [],
  locks: () => [],
  examples: [{ fields: { that: { sql: ['1 + 1 = ', ''], values: [2] }, message: 'arithmetic is broken' } }],
})
