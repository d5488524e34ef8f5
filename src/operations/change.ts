/** Properties of which at least one is given. */
export type AtLeastOne<Properties> = Properties &
  { readonly [Name in keyof Properties]-?: Required<Pick<Properties, Name>> }[keyof Properties]

type Properties = { readonly [name: string]: unknown }

/**
 * What a change sets and `was` says nothing of: `cost`, `set.work_mem`. The properties named in `maps` hold properties of
 * their own, each of which has to be known.
 */
export function unsaid(
  change: object,
  was: object | undefined,
  maps: readonly string[] = [],
): readonly string[] {
  const before = (was ?? {}) as Properties
  return Object.entries(change).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (before[name] === undefined) return [name]
    if (!maps.includes(name)) return []
    return unsaid(value as object, before[name] as object).map((inner) => `${name}.${inner}`)
  })
}
