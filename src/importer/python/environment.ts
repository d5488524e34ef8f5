import { codeOf } from './code.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { Foreign, Native, Residual, type Value } from './value.ts'

/** `os.environ`: what only the run has. */
export class Environ extends Foreign {
  readonly what = 'the environment'

  attribute(name: string): Value | undefined {
    if (name !== 'get') return undefined
    return new Native(name, ({ positional: [key = null, other = null] }) => variable(key, other))
  }

  override item(key: Value, _: Evaluation): Value {
    if (typeof key !== 'string') return refuse('a variable of the environment that is no known text')
    return new Residual(`environment(${codeOf(key)})`, { sort: 'text', simple: true })
  }
}

/** A variable of the environment, or what stands for it. */
export function variable(name: Value, other: Value): Residual {
  if (typeof name !== 'string') return refuse('a variable of the environment that is no known text')
  const code = `process.env[${codeOf(name)}]`
  if (other === null) return new Residual(`(${code} ?? null)`, { simple: true })
  return new Residual(`${code} ?? ${codeOf(other)}`, { sort: typeof other === 'string' ? 'text' : 'unknown' })
}
