import { refuse } from './evaluation.ts'
import { resolved } from './resolve.ts'
import { Foreign, Native, type Scope, type Value } from './value.ts'

/** `globals()`: the names of the file. */
export class Globals extends Foreign {
  readonly what = 'globals()'
  readonly #scope: Scope

  constructor(inner: Scope) {
    super()
    let scope = inner
    while (scope.outer !== null) scope = scope.outer
    this.#scope = scope
  }

  attribute(name: string): Value | undefined {
    if (name !== 'get') return undefined
    return new Native(
      name,
      ({ positional: [key = null, other = null] }) => resolved(this.#scope, String(key)) ?? other,
    )
  }

  override item(key: Value): Value {
    return resolved(this.#scope, String(key)) ?? refuse(`the file binds no ${String(key)}`)
  }
}
