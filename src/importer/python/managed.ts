import { block } from './block.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { evaluate } from './expression.ts'
import { holds } from './materialise.ts'
import type { Expression, Statement } from './syntax.ts'
import { Foreign, type FunctionValue, type Scope, type Value } from './value.ts'

/** What a function with `@contextmanager` gives: up to its yield it is entered, what follows leaves it. */
export class Managed extends Foreign {
  readonly what = 'a context manager'
  readonly #callee: FunctionValue
  readonly #scope: Scope

  constructor(callee: FunctionValue, scope: Scope) {
    super()
    this.#callee = callee
    this.#scope = scope
  }

  attribute(): undefined {
    return undefined
  }

  override enter(evaluation: Evaluation): { readonly value: Value; leave(): void } {
    const { before, yielded, after } = parts(this.#callee)
    this.#within(evaluation, () => block(before, evaluation))
    const value = yielded === null ? null : this.#within(evaluation, () => evaluate(yielded, evaluation))
    return { value, leave: () => this.#within(evaluation, () => block(after, evaluation)) }
  }

  #within<Result>(evaluation: Evaluation, act: () => Result): Result {
    const { frame, source } = evaluation
    evaluation.frame = {
      scope: this.#scope,
      returns: 'value',
      isWhole: false,
      results: [],
      depth: evaluation.depth,
    }
    evaluation.source = this.#callee.source
    try {
      return act()
    } finally {
      Object.assign(evaluation, { frame, source })
    }
  }
}

type Parts = {
  readonly before: readonly Statement[]
  readonly yielded: Expression | null
  readonly after: readonly Statement[]
}

function parts({ node }: FunctionValue): Parts {
  if (node.nodeType === 'Lambda') return refuse('a context manager without a yield')
  return around(node.body)
}

/** The statements around the one yield, out of `try` and `finally`. */
function around(body: readonly Statement[]): Parts {
  const at = body.findIndex((one) => holds(one, 'Yield'))
  const found = body[at]
  const [before, after] = [body.slice(0, at), body.slice(at + 1)]
  if (found?.nodeType === 'Expr' && found.value.nodeType === 'Yield')
    return { before, yielded: found.value.value ?? null, after }
  if (found?.nodeType !== 'Try') return refuse('a context manager whose yield stands elsewhere')
  const inner = around(found.body)
  return {
    before: [...before, ...inner.before],
    yielded: inner.yielded,
    after: [...inner.after, ...found.orelse, ...found.finalbody, ...after],
  }
}
