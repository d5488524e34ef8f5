import { attributeOf } from './attribute.ts'
import { callValue } from './call.ts'
import { codeOf, holdsResidual, operandCode, queriesOf, residualOf, sortOf } from './code.ts'
import { comprehension } from './comprehension.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { format } from './format.ts'
import { itemOf } from './item.ts'
import { iterated } from './iterate.ts'
import { binary, compare, derived, placeCode, unary } from './operators.ts'
import { assign, lookUp } from './scope.ts'
import { type Expression, type Node, sourceText } from './syntax.ts'
import { repr, str } from './text.ts'
import { isTrue, truthCode } from './truth.ts'
import {
  Dict,
  Float,
  FunctionValue,
  keyOf,
  List,
  Residual,
  Slice,
  setOf,
  Tuple,
  type Value,
} from './value.ts'

/** What an expression gives. */
export function evaluate(node: Expression, evaluation: Evaluation): Value {
  evaluation.line = node.lineno
  switch (node.nodeType) {
    case 'Constant':
      return constant(node, evaluation)
    case 'Name':
      return lookUp(node.id, evaluation)
    case 'Attribute':
      return attributeOf(evaluate(node.value, evaluation), node.attr, evaluation)
    case 'Call':
      return call(node, evaluation)
    case 'Subscript':
      return itemOf(evaluate(node.value, evaluation), evaluate(node.slice, evaluation), evaluation)
    case 'Slice':
      return new Slice(...([node.lower, node.upper, node.step].map(optional) as [Value, Value, Value]))
    case 'List':
      return new List(elements(node.elts, evaluation))
    case 'Tuple':
      return new Tuple(elements(node.elts, evaluation))
    case 'Set':
      return setOf(elements(node.elts, evaluation))
    case 'Dict':
      return dict(node, evaluation)
    case 'JoinedStr':
      return joined(node, evaluation)
    case 'BinOp':
      return binary(
        node.op.nodeType,
        evaluate(node.left, evaluation),
        evaluate(node.right, evaluation),
        node.lineno,
      )
    case 'UnaryOp':
      return unary(node.op.nodeType, evaluate(node.operand, evaluation), node.lineno)
    case 'Compare':
      return comparison(node, evaluation)
    case 'BoolOp':
      return choice(node, evaluation)
    case 'IfExp':
      return conditional(node, evaluation)
    case 'Lambda':
      return functionOf('lambda', node, evaluation)
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
    case 'DictComp':
      return comprehension(node, evaluation, evaluate)
    case 'Yield': {
      const value = optional(node.value)
      if (evaluation.yielded === null || evaluation.floor > 0) refuse('a yield that only the run knows of')
      else evaluation.yielded.push(value)
      return null
    }
    case 'NamedExpr': {
      const value = evaluate(node.value, evaluation)
      assign(node.target, value, evaluation, () => refuse('this target of := is not known here'))
      return value
    }
    default:
      return refuse(`Python's ${node.nodeType} is not known here`)
  }

  function optional(part: Expression | undefined): Value {
    return part === undefined ? null : evaluate(part, evaluation)
  }
}

/** A function as a value; its defaults are evaluated where it is defined. */
export function functionOf(
  name: string,
  node: Node<'FunctionDef'> | Node<'Lambda'>,
  evaluation: Evaluation,
): FunctionValue {
  const { args } = node
  const positional = [...args.posonlyargs, ...args.args]
  const defaults = new Map<string, Value>()
  args.defaults.forEach((value, n) => {
    const parameter = positional[positional.length - args.defaults.length + n]
    if (parameter !== undefined) defaults.set(parameter.arg, evaluate(value, evaluation))
  })
  args.kwonlyargs.forEach((parameter, n) => {
    const value = args.kw_defaults[n]
    if (value != null) defaults.set(parameter.arg, evaluate(value, evaluation))
  })
  const { source, frame } = evaluation
  return new FunctionValue(name, node, { scope: frame.scope, source, defaults })
}

/** Evaluates what must say nothing: a part that the run may pass over. */
export function silently(node: Expression, evaluation: Evaluation): Value {
  const sink = evaluation.sink
  evaluation.sink = []
  try {
    const value = evaluate(node, evaluation)
    if (evaluation.sink.length > 0) refuse('this asks the database in the middle of an expression')
    return value
  } finally {
    evaluation.sink = sink
  }
}

function constant(node: Node<'Constant'>, { source }: Evaluation): Value {
  const { value, quote_style: quote } = node
  // The parser leaves a character that is called by its name as it is written.
  if (typeof value === 'string' && value.includes('\\N{') && !/^\w*r/i.test(quote ?? ''))
    return refuse('a character by its name, \\N{…}')
  if (typeof value === 'string')
    return /^[rR]?[bB]/.test(quote ?? '') ? Uint8Array.from(Buffer.from(value, 'latin1')) : value
  if (typeof value === 'number') {
    const text = sourceText(source, node)
    if (/^0[xob]/i.test(text)) return value
    if (/[.eE]/.test(text)) return new Float(value)
    return Number.isSafeInteger(value) ? value : BigInt(text.replaceAll('_', ''))
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return value
  return refuse(`the constant ${sourceText(source, node)} is not known here`)
}

function call(node: Node<'Call'>, evaluation: Evaluation): Value {
  const callee = evaluate(node.func, evaluation)
  const named = new Map<string, Value>()
  const positional = elements(node.args, evaluation)
  for (const { arg, value } of node.keywords) {
    const given = evaluate(value, evaluation)
    if (arg !== undefined) named.set(arg, given)
    else if (given instanceof Dict)
      for (const [key, member] of given.entries.values()) named.set(str(key), member)
    else refuse('the ** of what is no known dict')
  }
  evaluation.line = node.lineno
  return callValue(callee, { positional, named }, evaluation)
}

function elements(nodes: readonly Expression[], evaluation: Evaluation): readonly Value[] {
  return nodes.flatMap((node) => {
    if (node.nodeType !== 'Starred') return [evaluate(node, evaluation)]
    return iterated(evaluate(node.value, evaluation)) ?? refuse('the * of what only the run knows')
  })
}

function dict(node: Node<'Dict'>, evaluation: Evaluation): Dict {
  const made = new Dict()
  for (const [n, member] of node.values.entries()) {
    const keyNode = node.keys[n]
    if (keyNode == null) {
      const other = evaluate(member, evaluation)
      if (!(other instanceof Dict)) return refuse('the ** of what is no known dict')
      for (const [key, entry] of other.entries) made.entries.set(key, entry)
      continue
    }
    const key = evaluate(keyNode, evaluation)
    const known = keyOf(key) ?? refuse('a key that only the run knows')
    made.entries.set(known, [key, evaluate(member, evaluation)])
  }
  return made
}

function joined(node: Node<'JoinedStr'>, evaluation: Evaluation): Value {
  const parts = node.values.map((part) => formatted(part, evaluation))
  if (parts.every((part) => typeof part === 'string')) return parts.join('')
  const template = parts.map((part) => placeCode(part))
  return new Residual(`\`${template.join('')}\``, {
    sort: 'text',
    queries: queriesOf(...parts),
    simple: true,
  })
}

function formatted(part: Expression, evaluation: Evaluation): Value {
  if (part.nodeType !== 'FormattedValue') return evaluate(part, evaluation)
  const value = evaluate(part.value, evaluation)
  const spec = part.format_spec === undefined ? '' : evaluate(part.format_spec, evaluation)
  const residual = residualOf(value)
  if (residual !== null) {
    if (spec !== '' || part.conversion === 114) return refuse('a format of what only the run knows')
    return residual
  }
  if (holdsResidual(value)) return refuse('the text of a list that only the run knows')
  const said = part.conversion === 114 || part.conversion === 97 ? repr(value) : value
  return format(said, str(spec))
}

/** `a < b < c`. */
function comparison(node: Node<'Compare'>, evaluation: Evaluation): Value {
  let left = evaluate(node.left, evaluation)
  let result: Value = true
  for (const [n, operator] of node.ops.entries()) {
    const right = evaluate(node.comparators[n] as Expression, evaluation)
    const found = compare(operator.nodeType, left, right, node.lineno)
    result = result === true ? found : both(result, found)
    if (result === false) return false
    left = right
  }
  return result
}

function both(left: Value, right: Value): Value {
  if (left === false || right === false) return false
  if (right === true) return left
  return derived(`${codeOf(left)} && ${codeOf(right)}`, 'boolean', left, right)
}

/** `a and b`, `a or b`: the part that decides, as far as it is known; else what the run finds. */
function choice(node: Node<'BoolOp'>, evaluation: Evaluation): Value {
  const isAnd = node.op.nodeType === 'And'
  const parts: Value[] = []
  for (const part of node.values) {
    const value = parts.length === 0 ? evaluate(part, evaluation) : silently(part, evaluation)
    const residual = residualOf(value)
    const decides = residual === null && isTrue(value as Exclude<Value, Residual>) !== isAnd
    if (residual !== null || decides || part === node.values.at(-1)) parts.push(residual ?? value)
    if (decides) break
  }
  const [first = isAnd] = parts
  return parts.length < 2 ? first : chosen(parts, isAnd)
}

function chosen(parts: readonly Value[], isAnd: boolean): Residual {
  const sorts = new Set(parts.map(sortOf))
  const truth = parts.map((part) => truthPart(part, isAnd)).join(isAnd ? ' && ' : ' || ')
  const [sort = 'unknown'] = sorts
  if (sorts.size === 1 && sort === 'boolean') return derived(truth, 'boolean', ...parts)
  const code = parts
    .slice(0, -1)
    .reduceRight<string>((rest, part) => choiceCode(part, rest, isAnd), operandCode(parts.at(-1) ?? null))
  const { queries } = derived(code, sort, ...parts)
  return new Residual(code, { sort: sorts.size === 1 ? sort : 'unknown', queries, truth })
}

/** One part and the rest; JavaScript takes an empty list or object for true, and Python does not. */
function choiceCode(part: Value, rest: string, isAnd: boolean): string {
  const code = operandCode(part)
  const isAlike = ['text', 'number', 'boolean', 'row', 'date'].includes(sortOf(part))
  if (isAlike) return isAnd ? `(${code} && ${rest})` : `(${code} || ${rest})`
  const truth = part instanceof Residual ? truthCode(part) : code
  return isAnd ? `(${truth} ? ${rest} : ${code})` : `(${truth} ? ${code} : ${rest})`
}

function truthPart(part: Value, isAnd: boolean): string {
  if (!(part instanceof Residual)) return String(isTrue(part))
  const code = truthCode(part)
  return (isAnd ? code.includes('||') : code.includes('&&')) ? `(${code})` : code
}

function conditional(node: Node<'IfExp'>, evaluation: Evaluation): Value {
  const test = evaluate(node.test, evaluation)
  const residual = residualOf(test)
  if (residual === null)
    return evaluate(isTrue(test as Exclude<Value, Residual>) ? node.body : node.orelse, evaluation)
  const [yes, no] = [silently(node.body, evaluation), silently(node.orelse, evaluation)]
  const sort = sortOf(yes) === sortOf(no) ? sortOf(yes) : 'unknown'
  return derived(`${truthCode(residual)} ? ${codeOf(yes)} : ${codeOf(no)}`, sort, test, yes, no)
}
