import type { Directive, Example, OperationDefinition } from '../../src/operations/operation.ts'
import { factsOf } from '../../src/operations/operations.ts'
import * as registry from '../../src/operations/registry.ts'
import type { Target } from '../servers/databases.ts'
import { furtherExamples } from './further-examples.ts'

/** An operation whose fields nobody needs to know: that is what every operation is to a loop over all of them. */
export type AnyOperation = {
  (fields: object): Directive
  readonly kind: string
  readonly definition: OperationDefinition<object>
}

/** One example of one operation, under a name that says which. */
export type Case = { readonly name: string; readonly directive: Directive; readonly example: Example<object> }

/** PostgreSQL's major version from which on an example works. */
export function sinceOf({ directive, example }: Pick<Case, 'directive' | 'example'>): number {
  return Math.max(example.since ?? 0, ...factsOf(directive).needs.map(({ since }) => since))
}

/** Whether an example works on a server or the embedded database. */
export function isRunnable(one: Case, target: Pick<Target, 'kind' | 'major'>): boolean {
  return sinceOf(one) <= target.major && !(target.kind === 'pglite' && one.example.notEmbedded !== undefined)
}

/** Every operation, by the name under which the registry exports it. */
export const operations: ReadonlyMap<string, AnyOperation> = new Map(
  Object.entries(registry).flatMap(([name, member]) =>
    typeof member === 'function' && 'definition' in member ? [[name, member as unknown as AnyOperation]] : [],
  ),
)

/** The examples of the reference, and those that only a test wants to see. */
export const cases: readonly Case[] = [
  ...[...operations.values()].flatMap((operation) =>
    operation.definition.examples.map((example) => ({ operation, example })),
  ),
  ...furtherExamples,
].map(({ operation, example }, at) => {
  const directive = operation(example.fields)
  return { name: `${at + 1}. ${operation.kind}: ${factsOf(directive).title}`, directive, example }
})
