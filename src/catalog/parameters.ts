import type { StorageParameters } from '../operations/storage-parameters.ts'

/** `['fillfactor=70', 'autovacuum_enabled=false']`, as reloptions and attoptions have them, with numbers and booleans as such. */
export function parametersOf(options: readonly string[] | null): StorageParameters | undefined {
  if (options === null || options.length === 0) return undefined
  return Object.fromEntries(
    options.map((option): [string, string | number | boolean] => {
      const at = option.indexOf('=')
      return [option.slice(0, at), parameterValue(option.slice(at + 1))]
    }),
  )
}

function parameterValue(text: string): string | number | boolean {
  // `on` is a word of its own where it is one of several, as in GiST's `buffering`.
  if (text === 'true' || text === 'false') return text === 'true'
  const number = Number(text)
  return text !== '' && String(number) === text ? number : text
}

/** The parameters that have to be set to come from one to the other; null resets one. Nothing where none differs. */
export function parameterChanges(
  before: StorageParameters = {},
  after: StorageParameters = {},
): { readonly [parameter: string]: StorageParameters[string] | null } | undefined {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => before[name] !== after[name],
  )
  if (changed.length === 0) return undefined
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]))
}
