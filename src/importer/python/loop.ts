import { assignTo } from './assignment.ts'
import { block, type Completion, normal } from './block.ts'
import { codeOf, residualOf } from './code.ts'
import { itemOfResidual } from './comprehension.ts'
import { type Evaluation, freshName, refuse, type Said, say } from './evaluation.ts'
import { evaluate } from './expression.ts'
import { iterated, walked } from './iterate.ts'
import { boundNames, holds, materialise } from './materialise.ts'
import { not } from './operators.ts'
import { Variable } from './scope.ts'
import type { Expression, Node, Statement } from './syntax.ts'
import { isTrue, truthCode } from './truth.ts'
import { type Binding, madeSoFar, Residual, Tuple, type Value } from './value.ts'

/** Turns of a loop that are carried out one by one; more is data, and no migration. */
const mostTurns = 20_000

/** A `for`: turn by turn where what it walks is known, else written as a loop. */
export function forLoop(node: Node<'For'>, evaluation: Evaluation): Completion {
  const list = walked(evaluate(node.iter, evaluation))
  const known = iterated(list)
  if (known !== undefined) return unrolled(node, known, evaluation)
  const residual = residualOf(list) ?? refuse('what this loop walks is not known here')
  if (node.orelse.length > 0) return refuse('the else of a loop over rows')
  materialise(node.body, evaluation, 'bound too')
  const { target, value } = loopTarget(node.target, residual, evaluation)
  const open = `for (const ${target} of ${codeOf(residual)}) {`
  writtenBlock(open, { body: [node.target, ...node.body], evaluation }, () => {
    assignTo(node.target, value, evaluation)
    return block(node.body, evaluation)
  })
  return normal
}

/** A `while`: turn by turn where its test is known, else written as a loop. */
export function whileLoop(node: Node<'While'>, evaluation: Evaluation): Completion {
  const isEndless = node.test.nodeType === 'Constant' && node.test.value === true
  if (!isEndless && !asksTheRun(node.test, evaluation)) return whileUnrolled(node, evaluation)
  materialise(node.body, evaluation, 'bound too')
  let open = 'while (true) {'
  writtenBlock(
    () => open,
    { body: [node.test, ...node.body], evaluation },
    () => {
      if (!isEndless) open = whileOpen(node.test, evaluation)
      return block(node.body, evaluation)
    },
  )
  return normal
}

function unrolled(node: Node<'For'>, items: readonly Value[], evaluation: Evaluation): Completion {
  if (items.length > mostTurns) return refuse(`a loop of ${items.length} turns`)
  for (const item of items) {
    assignTo(node.target, item, evaluation)
    const completion = turn(node.body, evaluation)
    if (completion.type === 'break') return normal
    if (completion.type === 'return' || completion.type === 'gone') return completion
  }
  return block(node.orelse, evaluation)
}

function whileUnrolled(node: Node<'While'>, evaluation: Evaluation): Completion {
  for (let n = 0; n < mostTurns; n++) {
    const test = evaluate(node.test, evaluation)
    if (residualOf(test) !== null)
      return refuse('a loop whose end only the run knows, after turns that were known')
    if (!isTrue(test as Exclude<Value, Residual>)) return block(node.orelse, evaluation)
    const completion = turn(node.body, evaluation)
    if (completion.type === 'break') return normal
    if (completion.type === 'return' || completion.type === 'gone') return completion
  }
  return refuse(`a loop of more than ${mostTurns} turns`)
}

function turn(body: readonly Statement[], evaluation: Evaluation): Completion {
  const { loops } = evaluation
  evaluation.loops = [...loops, 'unrolled']
  try {
    return block(body, evaluation)
  } finally {
    evaluation.loops = loops
  }
}

/** Writes a loop; what is bound in it alone is not known after it. */
function writtenBlock(
  open: string | (() => string),
  { body: node, evaluation }: { readonly body: unknown; readonly evaluation: Evaluation },
  body: () => Completion,
): void {
  const bound = boundNames(node)
  const { sink, depth, floor, loops, frame, line } = evaluation
  const before = new Map(frame.scope.names)
  const said: Said[] = []
  Object.assign(evaluation, {
    sink: said,
    depth: depth + 1,
    floor: madeSoFar(),
    loops: [...loops, 'written'],
  })
  try {
    body()
  } finally {
    Object.assign(evaluation, { sink, depth, floor, loops })
  }
  evaluation.line = line
  forget(bound, before, evaluation)
  if (said.length === 0) return
  say(evaluation, {
    say: 'block',
    parts: [{ open: typeof open === 'string' ? open : open(), body: said }],
    line,
  })
}

function forget(
  bound: ReadonlySet<string>,
  before: ReadonlyMap<string, Binding>,
  { frame, line }: Evaluation,
): void {
  for (const name of bound) {
    const binding = frame.scope.names.get(name)
    const isVariable = binding !== undefined && 'value' in binding && binding.value instanceof Variable
    if (binding === before.get(name) || isVariable) continue
    frame.scope.names.set(name, {
      later: () => refuse(`${name} is bound in the loop of line ${line}, and only the run knows to what`),
    })
  }
}

/** What stands after `const`, and what the Python target is bound to. */
function loopTarget(
  target: Expression,
  list: Residual,
  evaluation: Evaluation,
): { readonly target: string; readonly value: Value } {
  const isRows = list.sort === 'rows'
  if (target.nodeType === 'Tuple' && !isRows && target.elts.every((one) => one.nodeType === 'Name')) {
    const names = target.elts.map((one) => freshName(evaluation, one.id))
    const values = names.map((name, n) => new Residual(name, { ...list.shape?.[n], queries: list.queries }))
    return { target: `[${names.join(', ')}]`, value: new Tuple(values) }
  }
  const name = freshName(evaluation, target.nodeType === 'Name' ? target.id : isRows ? 'row' : 'item')
  return { target: name, value: itemOfResidual(list, name) }
}

/** Whether a test is one that only the run knows, tried without saying anything. */
function asksTheRun(test: Expression, evaluation: Evaluation): boolean {
  if (holds(test, 'NamedExpr')) return true
  const { sink } = evaluation
  evaluation.sink = []
  try {
    return residualOf(evaluate(test, evaluation)) !== null
  } finally {
    evaluation.sink = sink
  }
}

/** The head of a loop; what its test asks first is said at the beginning of each turn. */
function whileOpen(test: Expression, evaluation: Evaluation): string {
  const asked = evaluation.sink.length
  const value = evaluate(test, evaluation)
  const residual = residualOf(value)
  if (residual === null) return 'while (true) {'
  if (evaluation.sink.length === asked) return `while (${truthCode(residual)}) {`
  say(evaluation, { say: 'code', text: `if (${codeOf(not(residual))}) break` })
  return 'while (true) {'
}
