import { assignTo } from './assignment.ts'
import { block, type Completion } from './block.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { evaluate } from './expression.ts'
import type { Node } from './syntax.ts'
import { Foreign } from './value.ts'

/** A `with`: what is entered is left again, the last one first. */
export function withBlock(node: Node<'With'>, evaluation: Evaluation): Completion {
  return within(node, 0, evaluation)
}

function within(node: Node<'With'>, place: number, evaluation: Evaluation): Completion {
  const item = node.items[place]
  if (item === undefined) return block(node.body, evaluation)
  const manager = evaluate(item.context_expr, evaluation)
  if (!(manager instanceof Foreign) || manager.enter === undefined)
    return refuse('what this enters is not known here')
  const { value, leave } = manager.enter(evaluation)
  if (item.optional_vars !== undefined) assignTo(item.optional_vars, value, evaluation)
  const completion = within(node, place + 1, evaluation)
  leave()
  return completion
}
