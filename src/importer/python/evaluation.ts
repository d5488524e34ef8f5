import type { Directive } from '../../operations/operation.ts'
import { NotConverted } from './not-converted.ts'
import type { Source } from './syntax.ts'
import type { Arguments, ClassValue, Instance, Query, Residual, Scope, Term, Value } from './value.ts'

/** What evaluating a revision's function says, in order. */
export type Said =
  | {
      readonly say: 'directive'
      readonly directive: Directive
      readonly line: number
      /** It is only said where something marks that as used later on. */
      readonly onlyIf?: Query
    }
  | { readonly say: 'code'; readonly text: string }
  | { readonly say: 'comment'; readonly text: string }
  | {
      readonly say: 'block'
      readonly parts: readonly Part[]
      readonly close?: string
      readonly line?: number
      /** What is awaited in it is awaited by a function of its own. */
      readonly isFunction?: true
    }
  | {
      readonly say: 'query'
      readonly name: string
      readonly query: Query
      readonly directive: Directive
      readonly asked?: Directive
      readonly onlyIf?: Query
    }
  | { readonly say: 'value'; readonly name: string; readonly code: string; readonly query: Query }
  | { readonly say: 'missing'; readonly missing: Missing }
  | { readonly say: 'blank' }

/** `if (…) {` and what stands in it. */
export type Part = { readonly open: string; readonly body: readonly Said[] }

/** A statement that is not converted. */
export type Missing = {
  readonly file: string
  readonly line: number
  readonly reason: string
  readonly python: string
}

/** What a library's names are and do. */
export type Library = {
  /** What an `import` of a module that is not the project's own gives. */
  importName(name: string, evaluation: Evaluation): Value
  attribute(of: Term, name: string, evaluation: Evaluation): Value
  call(callee: Term, given: Arguments, evaluation: Evaluation): Value
  /** A file that the Python opens. */
  open?(path: string, evaluation: Evaluation): Value
  /** What may have been done by a call whose result is only bound, or (`isAlone`) not even that; null where that is nothing. */
  unknownEffect(value: Value, isAlone: boolean): string | null
  /** What a class of the project is, where a library makes something else of it. */
  defined?(made: ClassValue, evaluation: Evaluation): Value
  /** An object of a class of the project's is made. */
  made?(instance: Instance): void
  /** An attribute of one is set. */
  changed?(instance: Instance, name: string, evaluation: Evaluation): void
  /** What a class has by an annotation alone, `name: Mapped[str]`. */
  declared?(annotation: string, evaluation: Evaluation): Value | undefined
  /** A call of something of a library, as it would have been written. */
  term(name: string, positional: readonly Value[], evaluation: Evaluation): Term
  /** A bare name of Python's: `len`. */
  builtin(name: string): Value | undefined
}

/** The project's own Python files. */
export type Modules = {
  /** Undefined where the project has no such file. */
  find(name: string, from: { readonly file: string; readonly level: number }): Value | undefined
  /** As an importer names it; for a relative import. */
  absolute(name: string, from: { readonly file: string; readonly level: number }): string
}

/** One run of the evaluator over a revision: where it is, and what it has said. */
export type Evaluation = {
  readonly library: Library
  readonly modules: Modules
  /** What the library keeps for this run of it. */
  readonly host: unknown
  /** The names of TypeScript that are taken. */
  readonly taken: Set<string>
  source: Source
  line: number
  sink: Said[]
  /** How deep it stands in branches and loops that only the run decides; what is known there is not known outside. */
  depth: number
  /** What was made up to there is older than the innermost of them, and not to be changed in it. */
  floor: number
  frame: Frame
  /** Loops that are written as such, innermost last. */
  loops: readonly ('unrolled' | 'written')[]
  calls: number
  /** What the generator that is carried out has yielded; null where none is. */
  yielded: Value[] | null
}

/** The function that is evaluated. */
export type Frame = {
  readonly scope: Scope
  /** How it returns: with a value that is known here, or by a `return` that is written, where only the run knows whether. */
  readonly returns: 'value' | 'written'
  /** The revision's own function, whose result nobody asks for. */
  readonly isWhole: boolean
  /** What written returns give. */
  readonly results: Value[]
  /** The depth at which it was called. */
  readonly depth: number
}

export function say(evaluation: Evaluation, said: Said): void {
  evaluation.sink.push(said)
}

export function sayDirective(evaluation: Evaluation, directive: Directive): void {
  say(evaluation, { say: 'directive', directive, line: evaluation.line })
}

/** Marks that what it says is used: its queries have to be asked. */
export function use(residual: Residual): string {
  for (const query of residual.queries) mark(query)
  return residual.code
}

function mark(query: Query): void {
  query.used = true
  for (const need of query.needs) if (!need.used) mark(need)
}

/** A name for something of the run's, in the words of the Python where these are free. */
export function freshName({ taken }: Evaluation, wanted: string): string {
  const base =
    /^[A-Za-z_$][\w$]*$/.test(wanted) && !reserved.has(wanted) ? wanted : `${wanted}_`.replace(/\W/g, '_')
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}${n}`
    if (!taken.has(name)) {
      taken.add(name)
      return name
    }
  }
}

export function refuse(reason: string): never {
  throw new NotConverted(reason)
}

const reserved = new Set(
  'op await async break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static implements interface package private protected public arguments eval undefined Object Math Number String JSON Buffer Date'.split(
    ' ',
  ),
)
