import { LimbeckError } from '../error.ts'
import type { Revision } from './revision.ts'

/** A branch label that a second revision carries, or that is the id of a revision. */
export class DuplicateBranchLabel extends LimbeckError {
  readonly code = 'DUPLICATE_BRANCH_LABEL'
  readonly label: string
  readonly files: readonly [string, string]

  constructor(label: string, files: readonly [string, string]) {
    super(`"${label}" is a branch label in ${files[1]} and already a name in ${files[0]}.`, {
      hint: 'A label goes on one revision, the first of its branch, and differs from every revision id.',
    })
    this.label = label
    this.files = files
  }
}

/** Each label with the revision that carries it. */
export function indexLabels(
  revisions: readonly Revision[],
  byId: ReadonlyMap<string, Revision>,
): ReadonlyMap<string, Revision> {
  const labelled = new Map<string, Revision>()
  for (const revision of revisions) {
    if (revision.branchLabels.length === 0) continue
    for (const label of new Set(revision.branchLabels)) {
      const other = labelled.get(label) ?? byId.get(label)
      if (other) throw new DuplicateBranchLabel(label, [other.file, revision.file])
      labelled.set(label, revision)
    }
  }
  return labelled
}
