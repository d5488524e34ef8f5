import { block } from './block.ts'
import { sortOf } from './code.ts'
import { type Evaluation, type Frame, freshName, refuse, type Said, say } from './evaluation.ts'
import { evaluate } from './expression.ts'
import { instantiate } from './instantiate.ts'
import { LeavesLoop } from './leaves-loop.ts'
import { Managed } from './managed.ts'
import { holds } from './materialise.ts'
import type { Source } from './syntax.ts'
import {
  type Arguments,
  ClassValue,
  dictOf,
  Foreign,
  FunctionValue,
  List,
  madeSoFar,
  Native,
  Residual,
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
  if (callee.isContextManager) return new Managed(callee, boundScope(callee, given))
  if (evaluation.calls > deepest) return refuse(`${callee.name} calls itself too often`)
  const said = evaluation.sink.length
  try {
    return carriedOut(callee, boundScope(callee, given), evaluation)
  } catch (error) {
    if (!(error instanceof LeavesLoop) || callee.node.nodeType === 'Lambda') throw error
    evaluation.sink.splice(said)
    return written(callee, boundScope(callee, given), evaluation)
  }
}

function carriedOut({ node, source }: FunctionValue, scope: Scope, evaluation: Evaluation): Value {
  const frame: Frame = { scope, returns: 'value', isWhole: false, results: [], depth: evaluation.depth }
  return within({ frame, source }, evaluation, () => {
    if (node.nodeType === 'Lambda') return evaluate(node.body, evaluation)
    evaluation.yielded = holds(node.body, 'Yield') ? [] : null
    const completion = block(node.body, evaluation)
    if (evaluation.yielded !== null) return new List(evaluation.yielded)
    return completion.type === 'return' ? completion.value : null
  })
}

/** Writes a function where it is called, since only the run knows where it returns. */
function written({ node, source, name }: FunctionValue, scope: Scope, evaluation: Evaluation): Value {
  if (node.nodeType === 'Lambda' || holds(node.body, 'Yield')) throw new LeavesLoop()
  const results: Value[] = []
  const { sink, depth, floor } = evaluation
  const body: Said[] = []
  const frame: Frame = { scope, returns: 'written', isWhole: false, results, depth }
  Object.assign(evaluation, { sink: body, depth: depth + 1, floor: madeSoFar() })
  try {
    within({ frame, source }, evaluation, () => {
      block(node.body, evaluation)
    })
  } finally {
    Object.assign(evaluation, { sink, depth, floor })
  }
  const result = freshName(evaluation, name.replace(/^_+/, ''))
  const open = `const ${result} = await (async () => {`
  say(evaluation, { say: 'block', parts: [{ open, body }], close: '})()' })
  const [sort = 'unknown', ...others] = new Set(results.map(sortOf))
  return new Residual(result, { sort: others.length === 0 ? sort : 'unknown' })
}

function within<Result>(
  { frame, source }: { readonly frame: Frame; readonly source: Source },
  evaluation: Evaluation,
  act: () => Result,
): Result {
  const { calls, ...before } = evaluation
  const kept = {
    frame: before.frame,
    source: before.source,
    loops: before.loops,
    line: before.line,
    yielded: before.yielded,
  }
  Object.assign(evaluation, { frame, source, loops: [], calls: calls + 1, yielded: null })
  try {
    return act()
  } finally {
    Object.assign(evaluation, { ...kept, calls })
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
