import type { StatementTree } from '../sql/statements.ts'
import { blockEvidence, blockMessage } from './blocks.ts'
import type { Rule } from './rule.ts'

type Page = Pick<Rule, 'name' | 'title' | 'problem' | 'instead' | 'ignore' | 'examples'>

/** A rule for statements that close a table by a lock of their own, for as long as they work at it. */
export function blockRule({
  concerns,
  ...page
}: Page & {
  concerns(tree: StatementTree): boolean
}): Rule {
  return {
    ...page,
    classes: ['blocks-reads-long', 'blocks-writes-long'],
    level: 'error',
    find(observation, { blocks, found }) {
      const { tree } = observation.statement.parsed
      if (!concerns(tree)) return []
      return (
        blocks
          .filter(({ since }) => since.length === 0)
          // Of several parts of one statement the first tells it.
          .filter((block) => !found.some(({ message }) => message === blockMessage(block)))
          .map((block) => ({
            class: block.class,
            message: blockMessage(block),
            evidence: blockEvidence(block, observation),
            relations: block.relations,
            work: block.work,
          }))
      )
    },
  }
}
