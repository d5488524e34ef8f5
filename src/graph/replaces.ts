/**
 * What a header's `replaces` says, an entry for each revision of a run, in their order. An entry is an id; or, where that
 * revision itself replaced others, `id:a+b+c`: the id, and what a database may have in its place.
 */
export function waysOf(entry: string): readonly (readonly string[])[] {
  return entry.split(':').map((way) => way.split('+'))
}

/** The revision of a run that an entry is about. */
export function entryId(entry: string): string {
  return entry.split(':', 1)[0] ?? entry
}

/** The entry for a revision, with all the ways in which a database may have it. */
export function entryOf({
  id,
  replaces,
}: {
  readonly id: string
  readonly replaces: readonly string[]
}): string {
  if (replaces.length === 0) return id
  const ways = replaces
    .map(waysOf)
    .reduce<readonly (readonly string[])[]>(
      (sofar, entry) => sofar.flatMap((way) => entry.map((other) => [...way, ...other])),
      [[]],
    )
  return [id, ...ways.map((way) => way.join('+'))].join(':')
}

/** All ids that a database may have in the place of the revision that says this, each once. */
export function replacedIds(replaces: readonly string[]): readonly string[] {
  return [...new Set(replaces.flatMap((entry) => waysOf(entry).flat()))]
}
