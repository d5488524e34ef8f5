import { ofClass } from './attribute.ts'
import { callValue } from './call.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { type Arguments, ClassValue, FunctionValue, Instance, Term, type Value } from './value.ts'

/** Makes an object of a class of the project's own. */
export function instantiate(of: ClassValue, given: Arguments, evaluation: Evaluation): Value {
  const member = enumMember(of, given)
  if (member !== undefined) return member
  const instance = new Instance(of)
  evaluation.library.made?.(instance)
  const made = ofClass(of, '__init__', evaluation)
  if (made instanceof FunctionValue) {
    callValue(made, { ...given, positional: [instance, ...given.positional] }, evaluation)
    return instance
  }
  if (given.positional.length > 0) return refuse(`${of.name} is made by what is not known here`)
  for (const [name, value] of given.named) instance.fields.set(name, value)
  return instance
}

/** Whether a class is one of Python's enums. */
export function isEnum(of: ClassValue): boolean {
  return of.bases.some((base) =>
    base instanceof ClassValue
      ? isEnum(base)
      : base instanceof Term &&
        base.form.is === 'name' &&
        /^enum\.(Str|Int)?(Enum|Flag)$/.test(base.form.name),
  )
}

/** The members of an enum, in order. */
export function enumMembers(of: ClassValue): readonly Instance[] {
  const inherited = of.bases.flatMap((base) => (base instanceof ClassValue ? enumMembers(base) : []))
  const own = [...of.members.names.values()].flatMap((binding) =>
    'value' in binding && binding.value instanceof Instance && binding.value.of === of ? [binding.value] : [],
  )
  return [...inherited, ...own]
}

/** `Colour('red')`: the member of that value. */
function enumMember(of: ClassValue, { positional: [value] }: Arguments): Value | undefined {
  if (!isEnum(of) || value === undefined) return undefined
  return (
    enumMembers(of).find((member) => member.fields.get('value') === value) ??
    refuse('there is no such member')
  )
}
