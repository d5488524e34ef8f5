import type { Completion } from './block.ts'
import { codeOf, holdsResidual } from './code.ts'
import { type Evaluation, refuse, say } from './evaluation.ts'
import { evaluate } from './expression.ts'
import { NotConverted } from './not-converted.ts'
import { type Node, sourceText } from './syntax.ts'

/** The file raises an error, whatever the database has. */
export class Raised extends NotConverted {}

/** Refuses what Alembic refuses too: a downgrade that comes to it undoes nothing. */
export function refuseAsAlembic(reason: string): never {
  throw new Raised(reason)
}

/** A `raise`: an error of the run's, or, where it always comes to it, of the file's. */
export function raise(node: Node<'Raise'>, evaluation: Evaluation): Completion {
  const message = messageCode(node, evaluation)
  if (evaluation.depth > 0) {
    say(evaluation, { say: 'code', text: `throw new Error(${message})` })
    return { type: 'gone' }
  }
  throw new Raised(`it raises an error itself: ${sourceText(evaluation.source, node)}`)
}

function messageCode({ exc }: Node<'Raise'>, evaluation: Evaluation): string {
  if (exc === undefined) return `'the migration gave up'`
  if (exc.nodeType !== 'Call' || exc.args[0] === undefined) return codeOf(sourceText(evaluation.source, exc))
  try {
    const value = evaluate(exc.args[0], evaluation)
    return typeof value === 'string' || holdsResidual(value)
      ? codeOf(value)
      : codeOf(sourceText(evaluation.source, exc))
  } catch (error) {
    if (!(error instanceof NotConverted)) throw error
    return refuse(`the text of an error: ${error.reason}`)
  }
}
