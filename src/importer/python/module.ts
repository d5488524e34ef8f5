import { block } from './block.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { boundNames } from './materialise.ts'
import { NotConverted } from './not-converted.ts'
import type { Statement } from './syntax.ts'

/** Carries out the statements of a file; what cannot be is refused where its names are asked for. */
export function carryOut(body: readonly Statement[], evaluation: Evaluation): void {
  for (const node of body) {
    const said = evaluation.sink.length
    try {
      block([node], evaluation)
      // What is said at the top of a file would be lost.
      const more = evaluation.sink.splice(said).filter(({ say }) => say !== 'comment')
      if (more.length > 0) refuse('this asks the database, or changes it, at the top of the file')
    } catch (error) {
      if (!(error instanceof NotConverted)) throw error
      spoil(node, error.reason, evaluation)
    }
  }
}

/** Names that a statement would have bound are refused from then on. */
export function spoil(node: Statement, reason: string, { frame, source }: Evaluation): void {
  for (const name of boundNames(node))
    frame.scope.names.set(name, {
      later: () => refuse(`${name} hangs on ${source.file}:${node.lineno}: ${reason}`),
    })
}
