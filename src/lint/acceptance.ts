import type { Hazard } from './hazard.ts'

/** A hazard that somebody has taken, and why. */
export type Acceptance = {
  readonly rule: string
  readonly reason: string
  /** Where it is said, for people. */
  readonly said: string
  /** What it is about: a statement, by its file and the lines over which it stands; relations and files by their names, where the configuration says it. */
  readonly scope: AcceptanceScope
}

export type AcceptanceScope =
  | { readonly file: string; readonly line: number }
  | { readonly relation?: string; readonly path?: string }

/** A hazard with what it was found in. */
type Place = { readonly file: string; readonly line: number }

/** `-- limbeck: accept bulk-change forty rows`: the rule and the reason; null for another comment. */
export function acceptanceIn(comment: string): { readonly rule: string; readonly reason: string } | null {
  const [, rule, reason = ''] = comment.match(/^limbeck:\s*accept\s+(\S+)(?:\s+(.*))?$/) ?? []
  return rule === undefined ? null : { rule, reason: reason.trim() }
}

/** Takes out of hazards what is accepted, and remembers which acceptances were of use. */
export function sorted(
  hazards: readonly Hazard[],
  acceptances: readonly Acceptance[],
  place: Place,
): { readonly left: readonly Hazard[]; readonly accepted: readonly AcceptedHazard[] } {
  const left: Hazard[] = []
  const accepted: AcceptedHazard[] = []
  for (const hazard of hazards) {
    const by = acceptances.find((one) => one.rule === hazard.rule && covers(one.scope, place, hazard))
    if (by === undefined) left.push(hazard)
    else accepted.push({ ...hazard, reason: by.reason, by })
  }
  return { left, accepted }
}

export type AcceptedHazard = Hazard & { readonly reason: string; readonly by: Acceptance }

function covers(scope: AcceptanceScope, place: Place, { relations }: Hazard): boolean {
  if ('line' in scope) return scope.file === place.file && scope.line === place.line
  const isThere =
    scope.path === undefined ||
    place.file === scope.path ||
    place.file.startsWith(`${scope.path.replace(/\/$/, '')}/`)
  return isThere && (scope.relation === undefined || relations.includes(scope.relation))
}
