/** Where something stands in a graph of revisions. */
type Placed = {
  readonly id: string
  readonly downRevisions: readonly string[]
  readonly dependsOn: readonly string[]
}

/** Revisions after those that they follow; of several ways, the one in which they were given. */
export function inOrder<Revision extends Placed>(revisions: readonly Revision[]): readonly Revision[] {
  const byId = new Map(revisions.map((revision) => [revision.id, revision]))
  const done = new Set<string>()
  const ordered: Revision[] = []
  for (const revision of revisions) {
    const open = [revision]
    while (open.length > 0) {
      const top = open.at(-1)
      if (top === undefined || done.has(top.id)) {
        open.pop()
        continue
      }
      const before = [...top.downRevisions, ...top.dependsOn]
        .flatMap((id) => byId.get(id) ?? [])
        .filter((other) => !done.has(other.id) && !open.includes(other))
      if (before.length > 0) {
        open.push(...before.toReversed())
        continue
      }
      done.add(top.id)
      ordered.push(top)
      open.pop()
    }
  }
  return ordered
}
