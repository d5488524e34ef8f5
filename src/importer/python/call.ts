import { block, type Completion } from './block.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { evaluate } from './expression.ts'
import { instantiate } from './instantiate.ts'
import {
  type Arguments,
  ClassValue,
  dictOf,
  Foreign,
  FunctionValue,
  Native,
  Scope,
  Term,
  Tuple,
  type Value,
} from './value.ts'

/** Calls a value. A function of the project's own is carried out where it is called. */
export function callValue(callee: Value, given: Arguments, evaluation: Evaluation): Value {
  if (callee instanceof Native) return callee.call(given, evaluation)
  if (callee instanceof FunctionValue) return callFunction(callee, given, evaluation)
  if (callee instanceof Term) return evaluation.library.call(callee, given, evaluation)
  if (callee instanceof ClassValue) return instantiate(callee, given, evaluation)
  if (callee instanceof Foreign && callee.call !== undefined) return callee.call(given, evaluation)
  return refuse('this cannot be called here')
}

/** Deeper calls than this are a recursion that does not end here. */
const deepest = 60

/** Carries out a function with its parameters bound, and gives what it returns. */
export function callFunction(callee: FunctionValue, given: Arguments, evaluation: Evaluation): Value {
  const scope = boundScope(callee, given)
  const { frame, source, loops, line, calls } = evaluation
  if (calls > deepest) return refuse(`${callee.name} calls itself too often`)
  Object.assign(evaluation, {
    frame: { scope, isWhole: false, depth: evaluation.depth },
    source: callee.source,
    loops: [],
    calls: calls + 1,
  })
  try {
    if (callee.node.nodeType === 'Lambda') return evaluate(callee.node.body, evaluation)
    return returned(block(callee.node.body, evaluation))
  } finally {
    Object.assign(evaluation, { frame, source, loops, line, calls })
  }
}

/** A scope in which the parameters have what was given for them, or their defaults. */
export function boundScope(callee: FunctionValue, { positional, named }: Arguments): Scope {
  const scope = new Scope(callee.scope)
  const { args } = callee.node
  const places = [...args.posonlyargs, ...args.args]
  const left = new Map(named)
  const bind = (name: string, value: Value) => scope.names.set(name, { value })
  places.forEach(({ arg }, n) => {
    const value = positional[n] ?? (n < positional.length ? positional[n] : left.get(arg))
    left.delete(arg)
    bindOrDefault(arg, value, callee, bind)
  })
  for (const { arg } of args.kwonlyargs) {
    bindOrDefault(arg, left.get(arg), callee, bind)
    left.delete(arg)
  }
  if (args.vararg !== undefined) bind(args.vararg.arg, new Tuple(positional.slice(places.length)))
  else if (positional.length > places.length) refuse(`${callee.name} is given too many arguments`)
  if (args.kwarg !== undefined) bind(args.kwarg.arg, dictOf(left))
  else if (left.size > 0) refuse(`${callee.name} does not take ${[...left.keys()].join(', ')}`)
  return scope
}

function bindOrDefault(
  name: string,
  value: Value | undefined,
  callee: FunctionValue,
  bind: (name: string, value: Value) => void,
): void {
  const given = value === undefined ? callee.defaults.get(name) : value
  if (given === undefined) refuse(`${callee.name} is not given ${name}`)
  else bind(name, given)
}

function returned(completion: Completion): Value {
  return completion.type === 'return' ? completion.value : null
}
