/** The clauses that are there, with a blank between two of them; false, undefined and the empty text are none. */
export function clauses(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ')
}
