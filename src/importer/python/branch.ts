import { block, type Completion, normal } from './block.ts'
import { codeOf, residualOf } from './code.ts'
import { type Evaluation, freshName, type Part, refuse, type Said, say } from './evaluation.ts'
import { evaluate } from './expression.ts'
import { LeavesLoop } from './leaves-loop.ts'
import { leaves, materialise } from './materialise.ts'
import { not } from './operators.ts'
import { Variable } from './scope.ts'
import type { Node, Statement } from './syntax.ts'
import { isEqual, isTrue, truthCode } from './truth.ts'
import { type Binding, madeSoFar, Residual, type Value } from './value.ts'

/** `rest`: what follows was carried out too. */
type Branched = { readonly completion: Completion; readonly rest: boolean }

/** An `if`: the one branch that is taken, or both, where only the run knows which. */
export function branch(node: Node<'If'>, rest: readonly Statement[], evaluation: Evaluation): Branched {
  const test = evaluate(node.test, evaluation)
  const residual = residualOf(test)
  if (residual === null) {
    const taken = isTrue(test as Exclude<Value, Residual>) ? node.body : node.orelse
    return { completion: block(taken, evaluation), rest: false }
  }
  const takesRest = leavesByValue([...node.body, ...node.orelse], evaluation)
  const after = takesRest ? rest : []
  const completion = bothWays(
    residual,
    { yes: [...node.body, ...after], no: [...node.orelse, ...after] },
    evaluation,
  )
  return { completion, rest: takesRest }
}

/**
 * Whether statements may leave in a way that is carried out here. In a function of the revision's own, and in loops that are written,
 * leaving is written as such.
 */
function leavesByValue(statements: readonly Statement[], { frame, loops }: Evaluation): boolean {
  const returns = leaves(statements, 'Return')
  if (returns && frame.returns === 'value' && loops.length > 0) throw new LeavesLoop()
  if (returns && frame.returns === 'value') return true
  return loops.at(-1) === 'unrolled' && (leaves(statements, 'Continue') || leaves(statements, 'Break'))
}

type Ways = { readonly yes: readonly Statement[]; readonly no: readonly Statement[] }

type Way = {
  readonly said: readonly Said[]
  readonly completion: Completion
  readonly names: ReadonlyMap<string, Binding>
}

function bothWays(test: Residual, ways: Ways, evaluation: Evaluation): Completion {
  materialise([...ways.yes, ...ways.no], evaluation, 'changed')
  const before = new Map(evaluation.frame.scope.names)
  const yes = way(ways.yes, before, evaluation)
  const no = way(ways.no, before, evaluation)
  restore(before, evaluation)
  const [last, other] = [[...yes.said], [...no.said]]
  joinNames(before, { yes, no }, { yes: last, no: other }, evaluation)
  const completion = joinCompletions({ yes, no }, { yes: last, no: other }, evaluation)
  sayIf(test, last, other, evaluation)
  return completion
}

/** Carries out one way, and gives what it said and bound. */
function way(
  statements: readonly Statement[],
  before: ReadonlyMap<string, Binding>,
  evaluation: Evaluation,
): Way {
  restore(before, evaluation)
  const { sink, depth, floor } = evaluation
  Object.assign(evaluation, { sink: [], depth: depth + 1, floor: madeSoFar() })
  try {
    const completion = block(statements, evaluation)
    return { said: evaluation.sink, completion, names: new Map(evaluation.frame.scope.names) }
  } finally {
    Object.assign(evaluation, { sink, depth, floor })
  }
}

function restore(before: ReadonlyMap<string, Binding>, { frame }: Evaluation): void {
  frame.scope.names.clear()
  for (const [name, binding] of before) frame.scope.names.set(name, binding)
}

/** A name that the two ways bind to different things becomes a variable. */
function joinNames(
  before: ReadonlyMap<string, Binding>,
  ways: { readonly yes: Way; readonly no: Way },
  said: { readonly yes: Said[]; readonly no: Said[] },
  evaluation: Evaluation,
): void {
  for (const name of new Set([...ways.yes.names.keys(), ...ways.no.names.keys()])) {
    const [yes, no] = [valueIn(ways.yes, name), valueIn(ways.no, name)]
    if (yes === no || (yes !== undefined && no !== undefined && isEqual(yes, no))) {
      if (yes !== undefined && yes !== valueBound(before.get(name)))
        evaluation.frame.scope.names.set(name, { value: yes })
      continue
    }
    const left = ways.yes.completion.type !== 'normal'
    const gone = ways.no.completion.type !== 'normal'
    if (left !== gone) {
      const staying = left ? no : yes
      if (staying !== undefined) evaluation.frame.scope.names.set(name, { value: staying })
      continue
    }
    joinName(name, { yes, no }, said, evaluation)
  }
}

function joinName(
  name: string,
  { yes, no }: { readonly yes: Value | undefined; readonly no: Value | undefined },
  said: { readonly yes: Said[]; readonly no: Said[] },
  evaluation: Evaluation,
): void {
  if (yes === undefined || no === undefined) {
    const { line } = evaluation
    const reason = `${name} is bound in one branch alone, since line ${line}, and only the run knows which is taken`
    evaluation.frame.scope.names.set(name, { later: () => refuse(reason) })
    return
  }
  try {
    const codes = [yes, no].map((value) => codeOf(value))
    const variable = freshName(evaluation, name)
    say(evaluation, { say: 'code', text: `let ${variable}: any` })
    said.yes.push({ say: 'code', text: `${variable} = ${codes[0]}` })
    said.no.push({ say: 'code', text: `${variable} = ${codes[1]}` })
    const sorts = [yes, no].map((value) => (value instanceof Residual ? value.sort : 'unknown'))
    const sort = sorts[0] === sorts[1] ? (sorts[0] ?? 'unknown') : 'unknown'
    evaluation.frame.scope.names.set(name, { value: new Variable(variable, { sort }) })
  } catch {
    const { line } = evaluation
    evaluation.frame.scope.names.set(name, {
      later: () => refuse(`what ${name} is hangs on rows, since line ${line}`),
    })
  }
}

function valueIn({ names }: Way, name: string): Value | undefined {
  return valueBound(names.get(name))
}

function valueBound(binding: Binding | undefined): Value | undefined {
  return binding !== undefined && 'value' in binding ? binding.value : undefined
}

/** One way of both has gone: the other decides. What both return becomes a variable. */
function joinCompletions(
  { yes, no }: { readonly yes: Way; readonly no: Way },
  said: { readonly yes: Said[]; readonly no: Said[] },
  evaluation: Evaluation,
): Completion {
  const [a, b] = [yes.completion, no.completion]
  if (a.type === 'gone' && b.type === 'gone') return a
  if (a.type === 'gone' || b.type === 'gone') {
    const other = a.type === 'gone' ? b : a
    return other.type === 'normal' ? normal : other
  }
  if (a.type === 'return' || b.type === 'return') {
    const [first, second] = [a, b].map((one) => (one.type === 'return' ? one.value : null)) as [Value, Value]
    if (first === second || isEqual(first, second)) return { type: 'return', value: first }
    const variable = freshName(evaluation, 'result')
    const codes = [codeOf(first), codeOf(second)]
    say(evaluation, { say: 'code', text: `let ${variable}: any` })
    said.yes.push({ say: 'code', text: `${variable} = ${codes[0]}` })
    said.no.push({ say: 'code', text: `${variable} = ${codes[1]}` })
    const sorts = [first, second].map((value) =>
      typeof value === 'boolean' ? 'boolean' : residualOf(value)?.sort,
    )
    const sort = sorts[0] === sorts[1] ? (sorts[0] ?? 'unknown') : 'unknown'
    return { type: 'return', value: new Residual(variable, { sort }) }
  }
  // A continue that ends its iteration is the same as coming to its end.
  if (a.type === 'break' || b.type === 'break') return refuse('only the run knows whether this loop breaks')
  return normal
}

function sayIf(test: Residual, yes: readonly Said[], no: readonly Said[], evaluation: Evaluation): void {
  if (yes.length === 0 && no.length === 0) return
  const code = truthCode(test)
  if (yes.length === 0) {
    const inverse = not(test)
    const open = `if (${inverse instanceof Residual ? inverse.code : `!(${code})`}) {`
    say(evaluation, { say: 'block', parts: [{ open, body: no }] })
    return
  }
  const parts: Part[] = [{ open: `if (${code}) {`, body: yes }]
  const [only] = no
  if (no.length === 1 && only?.say === 'block' && only.parts[0]?.open.startsWith('if '))
    parts.push(...only.parts.map(({ open, body }, n) => ({ open: n === 0 ? `} else ${open}` : open, body })))
  else if (no.length > 0) parts.push({ open: '} else {', body: no })
  say(evaluation, { say: 'block', parts })
}
