import { callValue } from './call.ts'
import { dictMethod, listMethod, setMethod } from './container-methods.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { residualMember } from './residual-methods.ts'
import { resolved } from './resolve.ts'
import { textMethod } from './text-methods.ts'
import {
  ClassValue,
  Dict,
  Foreign,
  FunctionValue,
  Instance,
  List,
  Module,
  Native,
  PySet,
  Residual,
  Term,
  Tuple,
  type Value,
} from './value.ts'

/** `value.name`. */
export function attributeOf(value: Value, name: string, evaluation: Evaluation): Value {
  if (value instanceof Term) return evaluation.library.attribute(value, name, evaluation)
  const found = known(value, name, evaluation)
  if (found !== undefined) return found
  return refuse(`${whatIs(value)} has no ${name} here`)
}

/** Whether `getattr` and `hasattr` find it. */
export function known(value: Value, name: string, evaluation: Evaluation): Value | undefined {
  if (typeof value === 'string') return textMethod(value, name)
  if (value instanceof List) return listMethod(value, name, evaluation)
  if (value instanceof Dict) return dictMethod(value, name, evaluation)
  if (value instanceof PySet) return setMethod(value, name, evaluation)
  if (value instanceof Tuple) return tupleMember(value, name, evaluation)
  if (value instanceof Residual) return residualMember(value, name, evaluation)
  if (value instanceof Foreign) return value.attribute(name, evaluation)
  if (value instanceof Module) return resolved(value.scope, name) ?? submodule(value, name, evaluation)
  if (value instanceof ClassValue) return ofClass(value, name, evaluation)
  if (value instanceof Instance) return ofInstance(value, name, evaluation)
  if (value instanceof Uint8Array && name === 'decode')
    return new Native('decode', () => Buffer.from(value).toString('utf8'))
  if (value instanceof FunctionValue && name === '__name__') return value.name
  return undefined
}

/** `package.module`, which an import elsewhere has made an attribute. */
function submodule({ name: own, file }: Module, name: string, { modules }: Evaluation): Value | undefined {
  return modules.find(`${own}.${name}`, { file, level: 0 })
}

function tupleMember(tuple: Tuple, name: string, evaluation: Evaluation): Value | undefined {
  const place = tuple.names.indexOf(name)
  return place === -1 ? listMethod(new List(tuple.items), name, evaluation) : tuple.items[place]
}

/** A class's member, its own or of one of its bases. */
export function ofClass(of: ClassValue, name: string, evaluation: Evaluation): Value | undefined {
  const own = resolved(of.members, name)
  if (own !== undefined) return own
  if (name === '__name__') return of.name
  for (const base of of.bases) {
    const inherited = base instanceof ClassValue ? ofClass(base, name, evaluation) : undefined
    if (inherited !== undefined) return inherited
  }
  return undefined
}

function ofInstance(value: Instance, name: string, evaluation: Evaluation): Value | undefined {
  const own = value.fields.get(name)
  if (own !== undefined) return own
  const member = ofClass(value.of, name, evaluation)
  if (!(member instanceof FunctionValue)) return member
  return new Native(name, ({ positional, named }) =>
    callValue(member, { positional: [value, ...positional], named }, evaluation),
  )
}

function whatIs(value: Value): string {
  if (value instanceof Foreign) return value.what
  if (value instanceof Module) return `the module ${value.name}`
  if (value instanceof ClassValue) return `the class ${value.name}`
  if (value instanceof Instance) return `an object of ${value.of.name}`
  if (value instanceof Residual) return `what only the run knows (${value.code})`
  if (typeof value === 'string') return 'a text'
  return value === null ? 'None' : 'this'
}
