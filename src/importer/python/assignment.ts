import { codeOf, operandCode, residualOf } from './code.ts'
import { checkChangeable } from './container-methods.ts'
import { type Evaluation, refuse, say } from './evaluation.ts'
import { evaluate } from './expression.ts'
import { binary } from './operators.ts'
import { assign, lookUp, memberCode } from './scope.ts'
import { setAttribute } from './set-attribute.ts'
import type { Expression, Node } from './syntax.ts'
import { Dict, keyOf, List, Residual, type Value } from './value.ts'

/** `target = value`. */
export function assignTo(target: Expression, value: Value, evaluation: Evaluation): void {
  assign(target, value, evaluation, (other, part) => {
    if (other.nodeType === 'Subscript') return assignItem(other, part, evaluation)
    if (other.nodeType === 'Attribute') return assignAttribute(other, part, evaluation)
    refuse('this target of an assignment is not known here')
  })
}

/** `target += value`. */
export function augment(node: Node<'AugAssign'>, evaluation: Evaluation): void {
  const before = evaluate(node.target, evaluation)
  const value = evaluate(node.value, evaluation)
  if (before instanceof List && node.op.nodeType === 'Add' && value instanceof List) {
    checkChangeable(before, evaluation)
    before.items.push(...value.items)
    return
  }
  assignTo(node.target, binary(node.op.nodeType, before, value, node.lineno), evaluation)
}

/** `del target`. */
export function deleteTarget(target: Expression, evaluation: Evaluation): void {
  if (target.nodeType === 'Name') {
    lookUp(target.id, evaluation)
    evaluation.frame.scope.names.delete(target.id)
    return
  }
  if (target.nodeType !== 'Subscript') refuse('this target of del is not known here')
  const of = evaluate(target.value, evaluation)
  const key = evaluate(target.slice, evaluation)
  if (of instanceof Dict) {
    checkChangeable(of, evaluation)
    of.entries.delete(keyOf(key) ?? '')
  } else if (of instanceof Residual)
    say(evaluation, { say: 'code', text: `delete ${operandCode(of)}[${codeOf(key)}]` })
  else refuse('an item of this is not taken out here')
}

function assignItem(target: Node<'Subscript'>, value: Value, evaluation: Evaluation): void {
  const of = evaluate(target.value, evaluation)
  const key = evaluate(target.slice, evaluation)
  if (of instanceof Dict) {
    checkChangeable(of, evaluation)
    of.entries.set(keyOf(key) ?? refuse('a key that only the run knows'), [key, value])
  } else if (of instanceof List && typeof key === 'number') {
    checkChangeable(of, evaluation)
    of.items[key < 0 ? of.items.length + key : key] = value
  } else if (residualOf(of) !== null) {
    const item =
      typeof key === 'string' ? memberCode(operandCode(of), key) : `${operandCode(of)}[${codeOf(key)}]`
    say(evaluation, { say: 'code', text: `${item} = ${codeOf(value)}` })
  } else refuse('an item of this is not changed here')
}

function assignAttribute(target: Node<'Attribute'>, value: Value, evaluation: Evaluation): void {
  setAttribute(evaluate(target.value, evaluation), target.attr, value, evaluation)
}
