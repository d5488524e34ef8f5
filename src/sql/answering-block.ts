import { quoteLiteral } from './literal.ts'

/**
 * A DO block of PL/pgSQL that makes an `answer` (jsonb) of what it is `given`, and the SELECT that says it, in the same message or transaction. A
 * function would have to be made, which writes catalogs, and PL/pgSQL keeps its plans until the session ends: each statement that
 * changes a schema goes through all of them.
 */
export function answeringBlock(
  given: unknown,
  { declare, body }: { readonly declare: string; readonly body: string },
): readonly [block: string, answer: string] {
  const text = `
DECLARE
  given jsonb := ${quoteLiteral(JSON.stringify(given))};
  answer jsonb := '[]';
  ${declare}
BEGIN
  ${body}
  PERFORM set_config('limbeck.answer', answer::text, true);
END`
  return [`DO ${quoteLiteral(text)}`, `SELECT current_setting('limbeck.answer')::json AS answer`]
}
