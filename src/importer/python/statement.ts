import { assignTo, augment, deleteTarget } from './assignment.ts'
import { block, type Completion, normal, sayComment } from './block.ts'
import { codeOf } from './code.ts'
import { defineClass, defineFunction } from './define.ts'
import { type Evaluation, freshName, refuse, say } from './evaluation.ts'
import { evaluate } from './expression.ts'
import { importFrom, importModules } from './imports.ts'
import { LeavesLoop } from './leaves-loop.ts'
import { forLoop, whileLoop } from './loop.ts'
import { isOutput } from './output.ts'
import { raise } from './raise.ts'
import { bind, Variable } from './scope.ts'
import { type Expression, type Node, type Statement, sourceText } from './syntax.ts'
import { isTrue } from './truth.ts'
import { Foreign, Residual, type Scope, type Value } from './value.ts'
import { withBlock } from './with.ts'

/** Carries out one statement; an `if` is `branch`'s. */
export function statement(node: Statement, evaluation: Evaluation): Completion {
  switch (node.nodeType) {
    case 'Comment':
      if (node.inline !== true) sayComment(node.value, evaluation)
      return normal
    case 'Expr':
      expressionStatement(node, evaluation)
      return normal
    case 'Assign': {
      const value = kept(evaluate(node.value, evaluation), node.targets[0], evaluation)
      checkEffect(value, false, evaluation)
      for (const target of node.targets) assignTo(target, value, evaluation)
      return normal
    }
    case 'AnnAssign':
      if (node.value !== undefined) assignTo(node.target, evaluate(node.value, evaluation), evaluation)
      return normal
    case 'AugAssign':
      augment(node, evaluation)
      return normal
    case 'Delete':
      for (const target of node.targets) deleteTarget(target, evaluation)
      return normal
    case 'For':
      return forLoop(node, evaluation)
    case 'While':
      return whileLoop(node, evaluation)
    case 'With':
      return withBlock(node, evaluation)
    case 'Try':
      return tryBlock(node, evaluation)
    case 'Return':
      return returnStatement(node, evaluation)
    case 'Break':
    case 'Continue':
      return leaveLoop(node.nodeType === 'Break' ? 'break' : 'continue', evaluation)
    case 'Raise':
      return raise(node, evaluation)
    case 'Assert':
      return assertion(node, evaluation)
    case 'FunctionDef':
      bind(node.name, defineFunction(node, evaluation), evaluation)
      return normal
    case 'ClassDef':
      bind(node.name, defineClass(node, evaluation), evaluation)
      return normal
    case 'Import':
      importModules(node, evaluation)
      return normal
    case 'ImportFrom':
      importFrom(node, evaluation)
      return normal
    case 'Global':
    case 'Nonlocal':
      for (const name of node.names) evaluation.frame.scope.elsewhere.set(name, outerScope(name, evaluation))
      return normal
    case 'Pass':
      return normal
    default:
      return refuse(`Python's ${node.nodeType} statement is not known here`)
  }
}

/** Refuses a call of which nobody here knows what it does; at the top of a file it can do nothing to a database that counts. */
function checkEffect(value: Value, isAlone: boolean, { library, frame }: Evaluation): void {
  const name = frame.scope.outer === null ? null : library.unknownEffect(value, isAlone)
  if (name !== null) refuse(`what ${name.replace(/^sa\./, 'sqlalchemy.')} does is not known here`)
}

/** What is computed by the run is computed once, where a name is bound to it. */
function kept(value: Value, target: Expression | undefined, evaluation: Evaluation): Value {
  const isAtTop = evaluation.frame.scope.outer === null
  if (isAtTop || !(value instanceof Residual) || value.simple || target?.nodeType !== 'Name') return value
  const bound = evaluation.frame.scope.names.get(target.id)
  if (bound !== undefined && 'value' in bound && bound.value instanceof Variable) return value
  const name = freshName(evaluation, target.id)
  const query = { used: false, needs: value.queries }
  say(evaluation, { say: 'value', name, code: value.code, query })
  return new Residual(name, {
    sort: value.sort,
    items: value.items,
    columns: value.columns,
    entity: value.entity,
    queries: [query],
  })
}

function expressionStatement(node: Node<'Expr'>, evaluation: Evaluation): void {
  const { value } = node
  if (value.nodeType === 'Constant') {
    // A text by itself is a remark.
    if (typeof value.value === 'string') sayComment(value.value.trim(), evaluation)
    return
  }
  if (isOutput(value, evaluation)) sayComment(sourceText(evaluation.source, value), evaluation)
  else checkEffect(evaluate(value, evaluation), true, evaluation)
}

function returnStatement(node: Node<'Return'>, evaluation: Evaluation): Completion {
  const { frame, depth } = evaluation
  const value = node.value === undefined ? null : evaluate(node.value, evaluation)
  if (frame.returns === 'value') {
    if (evaluation.loops.includes('written')) throw new LeavesLoop()
    return { type: 'return', value }
  }
  if (frame.isWhole && depth === frame.depth) return { type: 'return', value }
  frame.results.push(value)
  say(evaluation, { say: 'code', text: frame.isWhole ? 'return' : `return ${codeOf(value)}` })
  return { type: 'gone' }
}

function leaveLoop(type: 'break' | 'continue', evaluation: Evaluation): Completion {
  if (evaluation.loops.at(-1) !== 'written') return { type }
  say(evaluation, { say: 'code', text: type })
  return { type: 'gone' }
}

/**
 * On PostgreSQL a statement that fails takes its transaction with it, so that Alembic comes no further whatever an `except` says:
 * what is tried is all there is. Under a savepoint that is otherwise.
 */
function tryBlock(node: Node<'Try'>, evaluation: Evaluation): Completion {
  const text = sourceText(evaluation.source, node)
  if (/begin_nested|autocommit|SAVEPOINT|COMMIT/i.test(text))
    return refuse('try and except around a savepoint or outside of a transaction')
  const completion = block(node.body, evaluation)
  const after = completion.type === 'normal' ? block(node.orelse, evaluation) : completion
  const last = block(node.finalbody, evaluation)
  return last.type === 'normal' ? after : last
}

function assertion(node: Node<'Assert'>, evaluation: Evaluation): Completion {
  const test = evaluate(node.test, evaluation)
  if (test instanceof Residual || test instanceof Foreign) {
    const message = node.msg === undefined ? `'assertion failed'` : codeOf(evaluate(node.msg, evaluation))
    say(evaluation, { say: 'code', text: `if (!(${codeOf(test)})) throw new Error(${message})` })
    return normal
  }
  return isTrue(test as Exclude<Value, Residual>) ? normal : refuse('an assertion that never holds')
}

/** The nearest scope around this one that has a name; the file's own where none has. */
function outerScope(name: string, { frame }: Evaluation): Scope {
  let scope: Scope = frame.scope.outer ?? frame.scope
  while (!scope.names.has(name) && scope.outer !== null) scope = scope.outer
  return scope
}
