import type { ForeignOptionChanges, ForeignOptions } from '../operations/foreign-options.ts'

/** `['host=db', 'port=5432']`, as fdwoptions, srvoptions, ftoptions and attfdwoptions have them; nothing where there are none. */
export function foreignOptionsOf(options: readonly string[] | null): { readonly options?: ForeignOptions } {
  if (options === null || options.length === 0) return {}
  return {
    options: Object.fromEntries(
      options.map((option) => {
        const at = option.indexOf('=')
        return [option.slice(0, at), option.slice(at + 1)]
      }),
    ),
  }
}

/** What comes from one to the other, and what the options were that are set or dropped; null where that is nothing. */
export function foreignOptionChanges(
  before: ForeignOptions = {},
  after: ForeignOptions = {},
): { readonly changes: ForeignOptionChanges; readonly was: ForeignOptions } | null {
  const add = Object.entries(after).filter(([name]) => before[name] === undefined)
  const set = Object.entries(after).filter(
    ([name, value]) => before[name] !== undefined && before[name] !== value,
  )
  const drop = Object.keys(before).filter((name) => after[name] === undefined)
  if (add.length + set.length + drop.length === 0) return null
  return {
    changes: {
      ...(add.length === 0 ? {} : { add: Object.fromEntries(add) }),
      ...(set.length === 0 ? {} : { set: Object.fromEntries(set) }),
      ...(drop.length === 0 ? {} : { drop }),
    },
    was: Object.fromEntries(
      [...set.map(([name]) => name), ...drop].map((name) => [name, before[name] ?? '']),
    ),
  }
}
