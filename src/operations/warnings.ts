import type { DirectiveFacts } from './operations.ts'
import { newness } from './phase.ts'

/**
 * What there is to warn of in each of several directives that one revision says in turn. Where it makes all the tables that a directive is about itself, there is
 * nothing: nobody has waited for one of them or knows its rows.
 */
export function warningsInTurn(
  directives: readonly Pick<DirectiveFacts, 'makes' | 'locks' | 'warns'>[],
): readonly (readonly string[])[] {
  const made = newness()
  return directives.map(({ makes, locks, warns }) => {
    made.add(makes)
    const tables = [...makes, ...locks].map(({ schema, table }) =>
      schema === undefined ? { table } : { schema, table },
    )
    return tables.length > 0 && tables.every(made.isNew) ? [] : warns
  })
}
