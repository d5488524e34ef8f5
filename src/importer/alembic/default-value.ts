import { callValue } from '../python/call.ts'
import { type Evaluation, refuse } from '../python/evaluation.ts'
import { ClassValue, FunctionValue, Native, none, Term, type Value } from '../python/value.ts'

/** What a column's default in Python gives: of a function, its result. */
export function defaultValue(value: Value, evaluation: Evaluation): Value {
  const isName = value instanceof Term && value.form.is === 'name'
  const isCalled =
    value instanceof FunctionValue || value instanceof Native || value instanceof ClassValue || isName
  if (!isCalled) return value
  const takesContext = value instanceof FunctionValue && value.node.args.args.length > value.defaults.size
  return takesContext ? refuse('a default that looks at the whole row') : callValue(value, none, evaluation)
}
