import { pathToFileURL } from 'node:url'
import { LimbeckError } from '../error.ts'
import { id, rawSql, type Sql, sql } from '../sql/tag.ts'
import { json } from '../sql/value.ts'
import { checkAccepted, checkFields } from './field-check.ts'
import type { Directive, Row } from './operation.ts'
import {
  builtIn,
  type DirectiveOptions,
  type Operations,
  UnknownOperation,
  type Vocabulary,
} from './operations.ts'

/** A directive and where the revision says it. */
export type RecordedDirective = {
  readonly directive: Directive
  readonly at: SourcePosition | null
  /** The directive's SQL stands in the file as it is, from that line on (a `.sql` revision). */
  readonly verbatim?: boolean
  /** The hazards in it that are taken, by their rule, and why. */
  readonly accept?: NonNullable<DirectiveOptions['accept']>
  /** Only so many of its steps were begun, and they are to be taken back. */
  readonly begun?: number
}

/** A line of a revision file, 1-based. */
export type SourcePosition = { readonly line: number; readonly column: number }

/** What a revision recorded without a database. */
export type Recording = {
  readonly directives: readonly RecordedDirective[]
  /** It awaited something, and what it says after that is not known. */
  readonly open: OpenEnd | null
  /** What there is to know of it as a whole, a sentence each. */
  readonly warns?: readonly string[]
}

/** Where a recording stopped: the query it waits for, or the directive that was awaited. */
export type OpenEnd = { readonly query: Sql | null; readonly at: SourcePosition | null }

export type RevisionFunction = (op: Operations) => unknown

/** Does what a live recording asks. */
export type Performer = {
  /** Runs what was recorded since the last time. */
  perform(directives: readonly RecordedDirective[]): Promise<void>
  query(sql: Sql, at: SourcePosition | null): Promise<readonly Row[]>
}

/** `op` was used after the function had returned: a promise in it was not awaited. */
export class RecordingEnded extends LimbeckError {
  readonly code = 'RECORDING_ENDED'
  readonly kind: string

  constructor(kind: string) {
    super(`op.${kind} was called after the revision's function had returned.`, {
      hint: 'Await every promise in it: a callback that runs later is not part of the migration.',
    })
    this.kind = kind
  }
}

/** What a revision can say, and in which file it is said. */
export type Speech = { readonly vocabulary?: Vocabulary; readonly file?: string }

/** Records what a revision's function says, without a database, up to the first thing that it awaits. */
export async function record(revise: RevisionFunction, speech: Speech = {}): Promise<Recording> {
  const session = newSession(speech)
  const opened = new Promise<OpenEnd>((resolve) => {
    session.onAwait = (query, at) => {
      resolve({ query, at })
      return new Promise(() => {})
    }
  })
  const ended = Promise.resolve(revise(session.op)).then(() => null)
  const open = await Promise.race([ended, opened])
  session.ended = true
  return { directives: session.recorded, open }
}

/** Runs a revision's function against a performer: each await performs what is recorded so far. */
export async function perform(
  revise: RevisionFunction,
  performer: Performer,
  speech: Speech = {},
): Promise<void> {
  const session = newSession(speech)
  let turn: Promise<unknown> = Promise.resolve()
  const flush = () => performer.perform(session.recorded.splice(0))
  session.onAwait = (query, at) => {
    const result = turn.then(async () => {
      await flush()
      return query === null ? [] : performer.query(query, at)
    })
    // The next in line waits for this one, and the one who awaits this one is told if it failed.
    turn = result.catch(() => {})
    return result
  }
  await revise(session.op)
  session.ended = true
  await turn
  await flush()
}

type Session = {
  readonly op: Operations
  readonly recorded: RecordedDirective[]
  onAwait: (query: Sql | null, at: SourcePosition | null) => Promise<readonly Row[]>
  ended: boolean
}

function newSession({ vocabulary = builtIn, file }: Speech): Session {
  const frames = file === undefined ? [] : [`${pathToFileURL(file).href}?`, `${file}?`]
  const recorded: RecordedDirective[] = []
  const session = { recorded, ended: false } as unknown as { -readonly [K in keyof Session]: Session[K] }
  const later = <Result>(query: Sql | null, at: SourcePosition | null): PromiseLike<Result> => ({
    then: (fulfilled, rejected) =>
      (session.onAwait(query, at) as Promise<unknown> as Promise<Result>).then(fulfilled, rejected),
  })
  const say: Say = (kind, fields, { at, accept }) => {
    if (session.ended) throw new RecordingEnded(kind)
    checkFields(kind, fields)
    checkAccepted(kind, accept)
    recorded.push({ directive: { kind, ...fields }, at, ...(accept === undefined ? {} : { accept }) })
    return later<void>(null, at)
  }
  const query = (text: string | Sql) => {
    if (session.ended) throw new RecordingEnded('query')
    return later(typeof text === 'string' ? rawSql(text) : text, callSite(frames))
  }
  // The registry's names are the keys of `Operations`, which no loop can tell the compiler.
  session.op = Object.assign(directives(vocabulary, { say, frames }), {
    sql,
    id,
    json,
    query,
  }) as unknown as Operations
  return session
}

/** How a call is taken down, and by what a stack names the file in which it is said. */
type Said = { readonly say: Say; readonly frames: readonly string[] }
type Say = (
  kind: string,
  fields: object,
  said: DirectiveOptions & { readonly at: SourcePosition | null },
) => PromiseLike<void>

/**
 * An object with a function for each operation, made when it is first asked for: a revision uses a few of them, and a
 * thousand revisions are recorded at once.
 */
function directives(vocabulary: Vocabulary, said: Said): object {
  const made = Object.create(prototypeOf(vocabulary))
  return Object.defineProperty(made, saying, { value: said })
}

const saying = Symbol('say')

const prototypes = new WeakMap<Vocabulary, object>()

function prototypeOf(vocabulary: Vocabulary): object {
  const known = prototypes.get(vocabulary)
  if (known !== undefined) return known
  const prototype = Object.defineProperties(
    Object.create(unknownOperations(vocabulary)),
    Object.fromEntries(
      [...vocabulary.keys()].map((kind) => [
        kind,
        {
          get(this: { readonly [saying]: Said }) {
            const { say, frames } = this[saying]
            return (fields: object, options: DirectiveOptions = {}) =>
              say(kind, fields, { ...options, at: callSite(frames) })
          },
        },
      ]),
    ),
  )
  prototypes.set(vocabulary, prototype)
  return prototype
}

/** What is asked for a name that no operation has: it says so, with those that may have been meant. */
function unknownOperations(vocabulary: Vocabulary): object {
  return new Proxy(Object.prototype, {
    get(target, name) {
      // `then` is asked of whatever an async function gives, `toJSON` of whatever is printed.
      if (typeof name === 'symbol' || name in target || name === 'then' || name === 'toJSON')
        return Reflect.get(target, name)
      throw new UnknownOperation(name, vocabulary.keys())
    },
  })
}

/** The line that called `op.x`: two frames up; or, where that is in another file, the line of the revision's own that led there. */
function callSite(names: readonly string[]): SourcePosition | null {
  const [near] = framesAbove(1)
  const isOwn = (frame: string) => names.some((name) => frame.includes(name))
  const own = near === undefined || names.length === 0 || isOwn(near)
  const frame = own ? near : (framesAbove(farthest).find(isOwn) ?? near)
  const position = frame?.match(/:(\d+):(\d+)\)?$/)
  return position ? { line: Number(position[1]), column: Number(position[2]) } : null
}

/** Frames between an operation and the revision that are still looked through: a stack is dear, and nobody nests deeper. */
const farthest = 20

/** The frames above the one that asks for its call site, the innermost first. */
function framesAbove(count: number): readonly string[] {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = count + 3
  const frames = new Error().stack?.split('\n').slice(4) ?? []
  Error.stackTraceLimit = limit
  return frames
}
