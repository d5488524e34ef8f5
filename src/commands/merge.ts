import { LimbeckError } from '../error.ts'
import { heads as headsOf } from '../graph/heads.ts'
import { type Config, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { type NewRevisionReport, type RevisionOptions, revision } from './revision.ts'

/** There are no two heads that could be joined. */
export class NothingToMerge extends LimbeckError {
  readonly code = 'NOTHING_TO_MERGE'

  constructor(heads: readonly string[]) {
    super(
      heads.length === 0 ? 'There is no revision to merge.' : `There is one head only: ${heads.join(', ')}.`,
      {
        hint: 'A merge joins two heads or more; "limbeck heads" lists them.',
      },
    )
  }
}

/** Writes a revision that joins several heads. Default: all of them. */
export async function merge(
  config: Config,
  selectors: readonly string[] = [],
  options: Omit<RevisionOptions, 'heads' | 'dependsOn'> = {},
): Promise<NewRevisionReport> {
  const heads = selectors.length === 0 ? ['heads'] : selectors
  if (selectors.length === 0) {
    const found = headsOf(readGraph(resolveProject(config)))
    if (found.length < 2) throw new NothingToMerge(found.map(({ id }) => id))
  }
  return revision(config, { message: `merge ${heads.join(' and ')}`, ...options, heads })
}
