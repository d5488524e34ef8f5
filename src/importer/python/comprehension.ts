import { codeOf, operandCode, residualOf, sortOf } from './code.ts'
import { type Evaluation, freshName, refuse } from './evaluation.ts'
import { iterated, walked } from './iterate.ts'
import { derived } from './operators.ts'
import { assign } from './scope.ts'
import type { Expression, Node } from './syntax.ts'
import { isTrue, truthCode } from './truth.ts'
import { Dict, keyOf, List, Residual, Scope, setOf, type Value } from './value.ts'

type Comprehension = Node<'ListComp'> | Node<'SetComp'> | Node<'GeneratorExp'> | Node<'DictComp'>
type Evaluate = (node: Expression, evaluation: Evaluation) => Value
type Entry = { readonly key: Value; readonly value: Value }

/** `[… for … in …]` and its like: carried out where what it walks is known, else written with `map` and `filter`. */
export function comprehension(node: Comprehension, evaluation: Evaluation, evaluate: Evaluate): Value {
  const frame = evaluation.frame
  evaluation.frame = { ...frame, scope: new Scope(frame.scope) }
  try {
    const [first] = node.generators
    if (first === undefined) return refuse('a comprehension over nothing')
    const source = walked(evaluate(first.iter, evaluation))
    const known = iterated(source)
    if (known === undefined) return written(node, source, evaluation, evaluate)
    return collected(node, entries(node, 0, known, evaluation, evaluate))
  } finally {
    evaluation.frame = frame
  }
}

function entries(
  node: Comprehension,
  level: number,
  items: readonly Value[],
  evaluation: Evaluation,
  evaluate: Evaluate,
): readonly Entry[] {
  const generator = node.generators[level]
  if (generator === undefined) return [entry(node, evaluation, evaluate)]
  return items.flatMap((item) => {
    assign(generator.target, item, evaluation, () => refuse('this target of a comprehension'))
    if (!passes(generator.ifs, evaluation, evaluate)) return []
    const next = node.generators[level + 1]
    if (next === undefined) return [entry(node, evaluation, evaluate)]
    const inner = iterated(evaluate(next.iter, evaluation))
    if (inner === undefined) return refuse('a comprehension over what only the run knows, within another')
    return entries(node, level + 1, inner, evaluation, evaluate)
  })
}

function passes(tests: readonly Expression[], evaluation: Evaluation, evaluate: Evaluate): boolean {
  return tests.every((test) => {
    const value = evaluate(test, evaluation)
    if (residualOf(value) !== null)
      return refuse('a comprehension over known values, with a condition that only the run knows')
    return isTrue(value as Exclude<Value, Residual>)
  })
}

function entry(node: Comprehension, evaluation: Evaluation, evaluate: Evaluate): Entry {
  if (node.nodeType !== 'DictComp') return { key: null, value: evaluate(node.elt, evaluation) }
  return { key: evaluate(node.key, evaluation), value: evaluate(node.value, evaluation) }
}

function collected(node: Comprehension, found: readonly Entry[]): Value {
  if (node.nodeType === 'SetComp') return setOf(found.map(({ value }) => value))
  if (node.nodeType !== 'DictComp') return new List(found.map(({ value }) => value))
  const dict = new Dict()
  for (const { key, value } of found)
    dict.entries.set(keyOf(key) ?? refuse('a key that only the run knows'), [key, value])
  return dict
}

function written(node: Comprehension, source: Value, evaluation: Evaluation, evaluate: Evaluate): Value {
  const [generator] = node.generators
  const residual = residualOf(source)
  if (generator === undefined || node.generators.length > 1 || residual === null)
    return refuse('a comprehension over what only the run knows, and more')
  const name = freshName(evaluation, generator.target.nodeType === 'Name' ? generator.target.id : 'item')
  const item = itemOfResidual(residual, name)
  assign(generator.target, item, evaluation, () => refuse('this target of a comprehension'))
  const sink = evaluation.sink
  evaluation.sink = []
  const tests = generator.ifs.map((test) => testCode(evaluate(test, evaluation)))
  const { key, value } = entry(node, evaluation, evaluate)
  if (evaluation.sink.length > 0) refuse('this asks the database in the middle of an expression')
  evaluation.sink = sink
  evaluation.taken.delete(name)
  const list =
    tests.length === 0
      ? operandCode(source)
      : `${operandCode(source)}.filter((${name}: any) => ${tests.join(' && ')})`
  if (node.nodeType === 'DictComp') {
    const pairs = `${list}.map((${name}: any) => [${codeOf(key)}, ${codeOf(value)}])`
    return derived(`Object.fromEntries(${pairs})`, 'dict', source, key, value)
  }
  if (value === item) return new Residual(list, { ...residual, sort: residual.sort })
  const body = codeOf(value)
  const mapped = `${list}.map((${name}: any) => ${body.startsWith('{') ? `(${body})` : body})`
  return new Residual(mapped, {
    sort: 'list',
    items: sortOf(value),
    queries: derived(mapped, 'list', source, value).queries,
    simple: true,
  })
}

/** What a loop over a residual binds its target to. */
export function itemOfResidual(list: Residual, name: string): Residual {
  const sort = list.sort === 'rows' ? 'row' : list.items
  return new Residual(name, {
    sort,
    columns: list.columns,
    queries: list.queries,
    entity: list.entity,
    numbers: list.numbers,
  })
}

function testCode(value: Value): string {
  const residual = residualOf(value)
  if (residual === null) return String(isTrue(value as Exclude<Value, Residual>))
  const code = truthCode(residual)
  return code.includes('||') ? `(${code})` : code
}
