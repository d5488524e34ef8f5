import { LimbeckError } from '../error.ts'
import type { Phase } from '../graph/revision.ts'
import { didYouMean, nearMisses } from '../near-miss.ts'
import type { id, Sql, sql } from '../sql/tag.ts'
import type { json } from '../sql/value.ts'
import type { BackfillNeed } from './backfill-plan.ts'
import {
  type Directive,
  type Halves,
  type Irreversible,
  type Lock,
  type Need,
  type Operation,
  type OperationDefinition,
  type Row,
  type Server,
  type Step,
  strongestLocks,
  type Upkeep,
} from './operation.ts'
import type { IsNew, TablePart } from './phase.ts'
import type { ProjectOperations } from './project-operations.ts'
import * as registry from './registry.ts'

type Registry = typeof registry

/** Names of the registry's exports that are operations. */
export type Kind = {
  [Name in keyof Registry]: Registry[Name] extends Operation<infer _Kind, infer _Fields> ? Name : never
}[keyof Registry]

/** What a migration says: each call records a directive. Awaiting one runs all that is recorded so far. */
type Directives = {
  readonly [Name in keyof Registry as Name extends Kind ? Name : never]: Registry[Name] extends Operation<
    infer _Kind,
    infer Fields
  >
    ? (fields: Fields, options?: DirectiveOptions) => PromiseLike<void>
    : never
}

/** What is said of a directive beside its fields. */
export type DirectiveOptions = {
  /** Hazards that `limbeck lint` finds in it and that are taken, by their rule, each with the reason: `{ 'bulk-change': 'forty rows' }`. */
  readonly accept?: { readonly [rule: string]: string }
}

/** The `op` that a revision's `upgrade` and `downgrade` receive. */
export type Operations = Directives &
  ProjectOperations & {
    /** The template tag for SQL; see `Sql`. */
    readonly sql: typeof sql
    /** A quoted name for use inside `op.sql`. */
    readonly id: typeof id
    /** JSON as a value: `op.json(null)` is JSON's null, and `null` is SQL's NULL. */
    readonly json: typeof json
    /**
     * Reads rows: runs all that is recorded so far, then the query, in the same transaction. The function may be called
     * again after a lock timeout or a crash, so let it have no effects of its own.
     */
    query<Result extends Row = Row>(sql: string | Sql): PromiseLike<readonly Result[]>
  }

/** An operation that there is not: misspelt, of a newer Limbeck, or of the project's own and not in its settings. */
export class UnknownOperation extends LimbeckError {
  readonly code = 'UNKNOWN_OPERATION'
  readonly kind: string

  constructor(kind: string, kinds: Iterable<string>) {
    const near = didYouMean(nearMisses(kind, kinds))
    super(`There is no operation ${kind}.`, {
      hint: `See docs/reference/operations.md in the package for all there are.${near}`,
    })
    this.kind = kind
  }
}

/** An operation of a name that is taken. */
export class DuplicateOperation extends LimbeckError {
  readonly code = 'DUPLICATE_OPERATION'
  readonly kind: string

  constructor(kind: string) {
    super(`There is an operation ${kind} already, or \`op.${kind}\` is something else.`, {
      hint: 'Give the operation of the project another name.',
    })
    this.kind = kind
  }
}

// A directive's fields are those of its own operation: the one place where shared code relies on that.
type AnyDefinition = Omit<OperationDefinition<object>, 'examples'>

/** An operation that a project has made for itself, with `operation(…)`. */
export type OwnOperation = {
  readonly kind: string
  readonly definition: Omit<OperationDefinition<never>, 'examples'>
}

/** The operations that a revision can say, by name. */
export type Vocabulary = ReadonlyMap<string, AnyDefinition>

/** Limbeck's own operations. */
export const builtIn: Vocabulary = new Map(
  Object.values(registry)
    .filter((member) => typeof member === 'function' && 'definition' in member)
    .map((member) => [member.kind, member.definition as unknown as AnyDefinition]),
)

const reserved = new Set(['sql', 'id', 'json', 'query'])

/** Limbeck's operations and a project's. */
export function vocabularyWith(own: readonly OwnOperation[]): Vocabulary {
  if (own.length === 0) return builtIn
  const vocabulary = new Map(builtIn)
  for (const { kind, definition } of own) {
    if (vocabulary.has(kind) || reserved.has(kind)) throw new DuplicateOperation(kind)
    vocabulary.set(kind, definition as unknown as AnyDefinition)
  }
  return vocabulary
}

/** What there is to say of one directive: its operation's answers, for its own fields. */
export type DirectiveFacts = {
  readonly title: string
  readonly loses: readonly string[]
  readonly warns: readonly string[]
  /** Those of the warnings that are about what may be written anew. */
  readonly rewrites: readonly string[]
  readonly stays: readonly string[]
  readonly locks: readonly Lock[]
  readonly needs: readonly Need[]
  readonly upkeep: Upkeep | null
  /** The same for what is in use; null where there is no such form. */
  readonly halves: Halves | null
  readonly needsBackfills: readonly BackfillNeed[]
  readonly makes: readonly TablePart[]
  readonly rowsOnly: boolean
  readonly reachesOut: boolean
  phase(isNew: IsNew): Phase
  steps(server: Server): readonly Step[]
  inverse(): readonly Directive[] | Irreversible
}

/** Asks a directive's operation. Shared code never asks which kind a directive is; it asks this. */
export function factsOf({ kind, ...fields }: Directive, vocabulary: Vocabulary = builtIn): DirectiveFacts {
  const definition = vocabulary.get(kind)
  if (definition === undefined) throw new UnknownOperation(kind, vocabulary.keys())
  return {
    title: definition.title(fields),
    loses: definition.loses?.(fields) ?? [],
    warns: [...(definition.warns?.(fields) ?? []), ...(definition.rewrites?.(fields) ?? [])],
    rewrites: definition.rewrites?.(fields) ?? [],
    stays: definition.stays?.(fields) ?? [],
    locks: strongestLocks(definition.locks(fields)),
    needs: definition.needs?.(fields) ?? [],
    upkeep: definition.upkeep?.(fields) ?? null,
    halves: definition.halves?.(fields) ?? null,
    needsBackfills: definition.needsBackfills?.(fields) ?? [],
    makes: definition.makes?.(fields) ?? [],
    rowsOnly: definition.rowsOnly === true,
    reachesOut: definition.reachesOut === true,
    phase: (isNew) => definition.phase?.(fields, isNew) ?? 'expand',
    steps: (server) => definition.steps(fields, server),
    inverse: () => definition.inverse(fields),
  }
}

/** One directive for two of one operation that follow each other; null where they cannot be one. */
export function joinedWith(
  { kind, ...earlier }: Directive,
  { kind: laterKind, ...later }: Directive,
  vocabulary: Vocabulary = builtIn,
): Directive | null {
  if (kind !== laterKind) return null
  const fields = vocabulary.get(kind)?.joins?.(earlier, later) ?? null
  return fields === null ? null : { kind, ...fields }
}

/** A directive that runs in one transaction with its neighbours, where it can; null where it cannot. */
export function together({ kind, ...fields }: Directive, vocabulary: Vocabulary = builtIn): Directive | null {
  const form = vocabulary.get(kind)?.together?.(fields)
  return form === undefined ? null : { kind, ...form }
}
