import type { Input, Option, Outcome } from './verb.ts'

/** Something that `limbeck import` reads: the word for it, and what it does with a path. */
export type ImportSource = {
  readonly name: string
  /** In a few words, as in `limbeck import --help`. */
  readonly summary: string
  readonly options: readonly Option[]
  readonly examples: readonly string[]
  run(input: Input, path: string): Promise<Outcome>
}
