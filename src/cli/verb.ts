import type { Config } from '../commands/project.ts'
import type { RunOptions } from '../commands/session.ts'
import type { Style } from './style.ts'

/** A verb of the command line: what `--help`, completion and the reference say of it, and what it does. */
export type Verb = {
  readonly name: string
  /** One line, as in the list of all verbs. */
  readonly summary: string
  readonly arguments?: readonly Argument[]
  readonly options?: readonly Option[]
  /** Whole command lines, as a person would type them. */
  readonly examples?: readonly string[]
  run(input: Input): Promise<Outcome>
}

export type Argument = {
  readonly name: string
  readonly summary: string
  readonly required?: boolean
  readonly many?: boolean
}

export type Option = {
  readonly name: string
  readonly short?: string
  /** What stands for the value in the help; a switch has none. */
  readonly value?: string
  readonly many?: boolean
  readonly summary: string
}

/** The environment's variables. */
export type Environment = { readonly [name: string]: string | undefined }

/** What the person typed, read and checked. */
export type Input = {
  readonly arguments: readonly string[]
  /** Whether a switch is on. */
  flag(name: string): boolean
  text(name: string): string | undefined
  texts(name: string): readonly string[] | undefined
  readonly config: Config
  /** Where the person stands: paths are typed and shown relative to it. */
  readonly directory: string
  readonly environment: Environment
  readonly style: Style
  /** How wide a line may be that is cut to fit. */
  readonly width: number
  /** Progress to the terminal and Ctrl-C, for verbs that run for a while. */
  readonly run: RunOptions
  /** Shows a text while a verb goes on; on a terminal the next one is drawn over it. */
  show(text: string): void
  /** All that comes on standard input. */
  readAll(): Promise<string>
  /** Asks a yes or no question; null where nobody can be asked. */
  confirm(question: string): Promise<boolean | null>
  /** Takes the line away that is drawn over and over, so that what is said next stands alone. */
  endProgress(): void
}

/** What a verb has to say. */
export type Outcome = {
  /** For `--json`. */
  readonly report: unknown
  /** For people. */
  readonly text: string
  /** Whether the text is for a program, and stays as it is. */
  readonly verbatim?: true
  /** 0 if left out; 3 where a check found a difference, or something was left that may be missed. */
  readonly exitCode?: number
}
