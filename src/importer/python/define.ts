import { block } from './block.ts'
import { callValue } from './call.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { evaluate, functionOf } from './expression.ts'
import { isEnum } from './instantiate.ts'
import { NotConverted } from './not-converted.ts'
import { type Node, sourceText } from './syntax.ts'
import { ClassValue, FunctionValue, Instance, Native, Scope, Term, type Value } from './value.ts'

/** A `def`, with its decorators. */
export function defineFunction(node: Node<'FunctionDef'>, evaluation: Evaluation): Value {
  const defined = functionOf(node.name, node, evaluation)
  return node.decorator_list.toReversed().reduce<Value>((value, decorator) => {
    const found = evaluate(decorator, evaluation)
    if (found instanceof Term) return decorated(value, found)
    return callValue(found, { positional: [value], named: new Map() }, evaluation)
  }, defined)
}

function decorated(value: Value, { form }: Term): Value {
  const name = form.is === 'name' ? form.name : ''
  if (name === 'contextlib.contextmanager' && value instanceof FunctionValue) value.isContextManager = true
  else if (!/^(functools\.|typing\.|staticmethod)/.test(name))
    return refuse(`the decorator ${name || 'here'} is not known`)
  return value
}

/** A `class`; its body is carried out in a scope of its own. */
export function defineClass(node: Node<'ClassDef'>, evaluation: Evaluation): Value {
  const bases = node.bases.map((base) => evaluate(base, evaluation))
  const { frame } = evaluation
  const members = new Scope(frame.scope)
  const made = new ClassValue(node.name, bases, members, node.lineno)
  evaluation.frame = {
    scope: members,
    returns: 'value',
    isWhole: false,
    results: [],
    depth: evaluation.depth,
  }
  const { sink } = evaluation
  evaluation.sink = []
  try {
    for (const member of node.body) memberOf(member, members, evaluation)
  } finally {
    Object.assign(evaluation, { frame, sink })
  }
  if (isEnum(made)) makeMembers(made)
  return evaluation.library.defined?.(made, evaluation) ?? made
}

/** One that cannot be carried out is refused where it is asked for. */
function memberOf(member: Node<'ClassDef'>['body'][number], members: Scope, evaluation: Evaluation): void {
  try {
    if (member.nodeType === 'AnnAssign' && member.value === undefined && member.target.nodeType === 'Name') {
      const value = evaluation.library.declared?.(
        sourceText(evaluation.source, member.annotation),
        evaluation,
      )
      if (value !== undefined) members.names.set(member.target.id, { value })
    }
    block([member], evaluation)
  } catch (error) {
    if (!(error instanceof NotConverted)) throw error
    const names =
      member.nodeType === 'AnnAssign' && member.target.nodeType === 'Name'
        ? [member.target.id]
        : member.nodeType === 'Assign'
          ? member.targets.flatMap((target) => (target.nodeType === 'Name' ? [target.id] : []))
          : member.nodeType === 'FunctionDef' || member.nodeType === 'ClassDef'
            ? [member.name]
            : []
    for (const name of names) members.names.set(name, { later: () => refuse(error.reason) })
  }
}

/** Each name of an enum is an object with a name and a value. */
function makeMembers(of: ClassValue): void {
  const isText = of.bases.some(
    (base) =>
      base instanceof Native ||
      (base instanceof Term && base.form.is === 'name' && base.form.name === 'enum.StrEnum'),
  )
  let automatic = 0
  for (const [name, binding] of of.members.names) {
    if (name.startsWith('_') || !('value' in binding) || binding.value instanceof FunctionValue) continue
    const member = new Instance(of)
    automatic += 1
    const isAutomatic = binding.value instanceof Term
    const value = isAutomatic ? (isText ? name.toLowerCase() : automatic) : binding.value
    member.fields.set('name', name)
    member.fields.set('value', value)
    member.fields.set(
      '__str__',
      isText && typeof value === 'string' && isAutomatic ? value : `${of.name}.${name}`,
    )
    of.members.names.set(name, { value: member })
  }
}
