import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'

/** Options of a foreign object, in the words of its wrapper: `{ host: 'db.example.com', port: '5432' }`. */
export type ForeignOptions = { readonly [option: string]: string }

export type ForeignOptionChanges = {
  readonly add?: ForeignOptions
  /** Options that are there already; what they were goes into `was`. */
  readonly set?: ForeignOptions
  readonly drop?: readonly string[]
}

/** `OPTIONS (host 'db', …)`; empty for no options. */
export function foreignOptions(options: ForeignOptions | undefined): string {
  const all = Object.entries(options ?? {}).map(([name, value]) => option(name, value))
  return all.length === 0 ? '' : `OPTIONS (${all.join(', ')})`
}

/** `OPTIONS (ADD host 'db', SET port '5432', DROP user)`; empty for no changes. */
export function foreignOptionChanges({ add = {}, set = {}, drop = [] }: ForeignOptionChanges): string {
  const all = [
    ...drop.map((name) => `DROP ${quoteIdentifier(name)}`),
    ...Object.entries(set).map(([name, value]) => `SET ${option(name, value)}`),
    ...Object.entries(add).map(([name, value]) => `ADD ${option(name, value)}`),
  ]
  return all.length === 0 ? '' : `OPTIONS (${all.join(', ')})`
}

/** The changes that undo these, given what the options that are set or dropped were; null where one is not said. */
export function undoneOptionChanges(
  { add = {}, set = {}, drop = [] }: ForeignOptionChanges,
  was: ForeignOptions = {},
): { readonly changes: ForeignOptionChanges; readonly was: ForeignOptions } | null {
  const names = [...Object.keys(set), ...drop]
  if (names.some((name) => was[name] === undefined)) return null
  const old = (kept: readonly string[]) =>
    Object.fromEntries(kept.map((name) => [name, was[name] ?? ''] as const))
  return {
    changes: {
      ...(drop.length === 0 ? {} : { add: old(drop) }),
      ...(Object.keys(set).length === 0 ? {} : { set: old(Object.keys(set)) }),
      ...(Object.keys(add).length === 0 ? {} : { drop: Object.keys(add) }),
    },
    was: { ...set, ...add },
  }
}

function option(name: string, value: string): string {
  return `${quoteIdentifier(name)} ${quoteLiteral(value)}`
}
