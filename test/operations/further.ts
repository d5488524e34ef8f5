import type { Example, Operation } from '../../src/operations/operation.ts'
import type { AnyOperation } from './examples.ts'

/** Examples of an operation that only a test wants to see, for the loop over all examples. */
export function further<Fields>(
  operation: Operation<string, Fields>,
  ...examples: readonly Example<Fields>[]
) {
  // Its fields are its own operation's: that is what the parameters say, and what no loop needs to know.
  return examples.map((example) => ({
    operation: operation as unknown as AnyOperation,
    example: example as Example<object>,
  }))
}
