/** Properties of which at least one is given. */
export type AtLeastOne<Properties> = Properties &
  { readonly [Name in keyof Properties]-?: Required<Pick<Properties, Name>> }[keyof Properties]

/**
 * What a change sets and `was` says nothing of: `cost`, `set.work_mem`. `levels` says of a property that holds properties
 * of its own how deep these go, since a value may be an object too: `{ set: 1 }`.
 */
export function unsaid(
  change: object,
  was: object | undefined,
  levels: { readonly [property: string]: number } = {},
): readonly string[] {
  return Object.entries(change).flatMap(([name, value]) =>
    missing([name], value, member(was, name), levels[name] ?? 0),
  )
}

function missing(path: readonly string[], now: unknown, before: unknown, levels: number): readonly string[] {
  if (now === undefined) return []
  if (before === undefined) return [path.join('.')]
  if (levels === 0 || typeof now !== 'object' || now === null) return []
  return Object.entries(now).flatMap(([name, value]) =>
    missing([...path, name], value, member(before, name), levels - 1),
  )
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null
    ? (of as { readonly [name: string]: unknown })[name]
    : undefined
}
