import * as registry from "../../src/operations/registry.ts"
import type { Example, Operation } from '../../src/operations/operation.ts'
import type { AnyOperation } from './examples.ts'

function further<Fields>(operation: Operation<string, Fields>, ...examples: readonly Example<Fields>[]) {
  return examples.map((example) => ({
    operation: operation as unknown as AnyOperation,
    example: example as Example<object>,
  }))
}

export const furtherExamples = [...further(registry.createEnum)]
