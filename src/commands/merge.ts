import type { Config } from './project.ts'
import { type NewRevisionReport, type RevisionOptions, revision } from './revision.ts'

/** Writes a revision that joins several heads. Default: all of them. */
export async function merge(
  config: Config,
  selectors: readonly string[] = [],
  options: Omit<RevisionOptions, 'heads' | 'dependsOn'> = {},
): Promise<NewRevisionReport> {
  const heads = selectors.length === 0 ? ['heads'] : selectors
  return revision(config, { message: `merge ${heads.join(' and ')}`, ...options, heads })
}
